"""Our head beside scikit-learn's LogisticRegression on the same features and partitions.

    python3 compare_sklearn.py accuracy FEATURES.csv [FEATURES.csv ...] [--partitions 5] [--kind auto]
    python3 compare_sklearn.py speed [--rows 5000 --width 2048 --classes 10 --l2 0.01 --rounds 3]

FEATURES.csv is what `inceptionml featurize FOLDER --out FEATURES.csv` writes: path,sha256,label,f0,f1,...
scikit-learn gets StandardScaler + LogisticRegression with C from 5-fold cross-validation over train and validation rows, once
scored by accuracy and once by log loss; ours gets the same rows, one ninth of them as validation. The benchmarks must have been
built: dotnet build -c Release tests/InceptionMl.Benchmarks.
"""
import argparse
import csv
import json
import pathlib
import subprocess
import tempfile
import time
import warnings

import numpy
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import log_loss
from sklearn.model_selection import StratifiedKFold, train_test_split
from sklearn.preprocessing import StandardScaler

warnings.filterwarnings("ignore")
HERE = pathlib.Path(__file__).resolve().parent.parent
OURS = ["dotnet", str(HERE / "bin" / "Release" / "net10.0" / "InceptionMl.Benchmarks.dll")]


def read(path):
    with open(path, newline="", encoding="utf-8") as file:
        rows = csv.reader(file)
        next(rows)
        labels, features = [], []
        for row in rows:
            labels.append(row[2])
            features.append(numpy.array(row[3:], dtype=numpy.float32))
    # numpy sorts text by code point: for the labels in use here the same as our ordinal order.
    return numpy.array(features), numpy.unique(labels, return_inverse=True)[1]


def partition(labels, seed):
    rest, test = train_test_split(numpy.arange(len(labels)), test_size=0.2, stratify=labels, random_state=seed)
    train, validation = train_test_split(rest, test_size=1 / 9, stratify=labels[rest], random_state=seed)
    return {"train": train.tolist(), "validation": validation.tolist(), "test": test.tolist()}


def score(probabilities, labels):
    probabilities = numpy.clip(probabilities, 1e-15, 1)
    return 100 * numpy.mean(probabilities.argmax(1) == labels), log_loss(labels, probabilities, labels=numpy.arange(probabilities.shape[1]))


def sklearn_scores(features, labels, part):
    """What LogisticRegressionCV does for either scoring, with the fits of the folds shared between the two."""
    rows, test = numpy.array(part["train"] + part["validation"]), part["test"]
    start = time.time()
    scaler = StandardScaler().fit(features[rows])
    x, y = scaler.transform(features[rows]), labels[rows]
    strengths = numpy.logspace(-4, 1, 11)
    found = numpy.zeros((2, len(strengths)))
    for train, held in StratifiedKFold(5).split(x, y):
        model = LogisticRegression(max_iter=2000, multi_class="multinomial", warm_start=True)
        for i, c in enumerate(strengths):
            model.set_params(C=c).fit(x[train], y[train])
            percent, loss = score(model.predict_proba(x[held]).astype(float), y[held])
            found[:, i] += percent, -loss
    seconds = time.time() - start
    results = {}
    for name, values in zip(("accuracy", "log loss"), found):
        c = strengths[values.argmax()]
        model = LogisticRegression(C=c, max_iter=2000, multi_class="multinomial").fit(x, y)
        probabilities = model.predict_proba(scaler.transform(features[test])).astype(float)
        results[name] = (*score(probabilities, labels[test]), 1 / (c * len(rows)), seconds)
    return results


def our_scores(path, labels, parts, kind):
    with tempfile.TemporaryDirectory() as folder:
        partitions, results = pathlib.Path(folder, "partitions.json"), pathlib.Path(folder, "results.json")
        partitions.write_text(json.dumps(parts))
        subprocess.run([*OURS, "heads", path, str(partitions), str(results), kind], check=True)
        found = json.loads(results.read_text())
    return [
        (*score(numpy.array(r["probabilities"], dtype=float), labels[p["test"]]), r["l2"], r["seconds"], r["trainer"])
        for r, p in zip(found, parts)]


def accuracy(options):
    print("| features | | accuracy % | log loss | L2 (median) | seconds |\n|---|---|---|---|---|---|")
    for path in options.features:
        features, labels = read(path)
        parts = [partition(labels, seed) for seed in range(options.partitions)]
        rows = {"ours": our_scores(path, labels, parts, options.kind)}
        theirs = [sklearn_scores(features, labels, part) for part in parts]
        for scoring in ("accuracy", "log loss"):
            rows["scikit-learn, C by " + scoring] = [found[scoring] for found in theirs]
        for name, scores in rows.items():
            table = numpy.array([s[:4] for s in scores])
            trainers = "" if name != "ours" else " (" + ", ".join(s[4] for s in scores) + ")"
            print(f"| {pathlib.Path(path).stem} {features.shape[0]} x {features.shape[1]} | {name}{trainers} | {table[:, 0].mean():.2f} | "
                  f"{table[:, 1].mean():.4f} | {numpy.median(table[:, 2]):.3g} | {table[:, 3].mean():.2f} |", flush=True)


def clustered(rows, width, classes, seed=1):
    """Rectified, correlated clusters: what the pool layer of a network gives."""
    random = numpy.random.RandomState(seed)
    labels = numpy.arange(rows) % classes
    mixing = random.normal(size=(64, width)) / 8
    hidden = random.normal(size=(classes, 64))[labels] * 0.5 + random.normal(size=(rows, 64))
    return numpy.maximum(0, hidden @ mixing + 0.5 * random.normal(size=(rows, width))).astype(numpy.float32), labels


def speed(options):
    features, labels = clustered(options.rows, options.width, options.classes)
    with tempfile.TemporaryDirectory() as folder:
        vectors, classes = pathlib.Path(folder, "vectors.f32"), pathlib.Path(folder, "labels.i32")
        features.tofile(vectors)
        labels.astype(numpy.int32).tofile(classes)
        command = [*OURS, "head-fit", str(vectors), str(classes), str(options.width), str(options.l2), str(options.tolerance)]
        ours = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        print("| round | | seconds | iterations | objective | train log loss | train accuracy % |\n|---|---|---|---|---|---|---|")
        for turn in range(options.rounds):
            ours.stdin.write("\n")
            ours.stdin.flush()
            r = json.loads(ours.stdout.readline())
            print(f"| {turn} | ours | {r['seconds']:.2f} | {r['iterations']} | {r['objective']:.6f} | {r['logLoss']:.5f} | {100 * r['accuracy']:.2f} |", flush=True)
            start = time.time()
            standardized = StandardScaler().fit_transform(features)
            model = LogisticRegression(C=1 / (options.l2 * options.rows), max_iter=2000, tol=1e-4, multi_class="multinomial")
            model.fit(standardized, labels)
            seconds = time.time() - start
            percent, loss = score(model.predict_proba(standardized).astype(float), labels)
            objective = loss + options.l2 / 2 * (model.coef_.astype(float) ** 2).sum()
            print(f"| {turn} | scikit-learn | {seconds:.2f} | {model.n_iter_[0]} | {objective:.6f} | {loss:.5f} | {percent:.2f} |", flush=True)
        ours.stdin.close()
        ours.wait()


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    verbs = parser.add_subparsers(required=True)
    verb = verbs.add_parser("accuracy")
    verb.add_argument("features", nargs="+")
    verb.add_argument("--partitions", type=int, default=5)
    verb.add_argument("--kind", default="auto")
    verb.set_defaults(run=accuracy)
    verb = verbs.add_parser("speed")
    for name, value in (("rows", 5000), ("width", 2048), ("classes", 10), ("rounds", 3)):
        verb.add_argument("--" + name, type=int, default=value)
    verb.add_argument("--l2", type=float, default=0.01)
    verb.add_argument("--tolerance", type=float, default=1e-4)
    verb.set_defaults(run=speed)
    options = parser.parse_args()
    options.run(options)


if __name__ == "__main__":
    main()
