"""Few images per class: logistic regression, shrinkage LDA, and an average of the folds' heads, on the same features.

The penalty of the regression, and the temperature that divides the logits of LDA, are those of the lowest log loss over five folds.

    few_images.py FEATURES.csv [FEATURES.csv ...]

FEATURES.csv is what `inceptionml featurize FOLDER --out FEATURES.csv` writes. Five draws of 5 and of 20 images of each class are
fitted on; all other images, at most 200 of each class, are the test. Needs python3 with scikit-learn.
"""
import csv
import os
import sys
import warnings

import numpy as np
from sklearn.discriminant_analysis import LinearDiscriminantAnalysis
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedKFold
from sklearn.preprocessing import StandardScaler

warnings.filterwarnings("ignore")
STRENGTHS = [10.0 ** power for power in (-4, -3.5, -3, -2.5, -2, -1.5, -1, 0)]
DRAWS = 5
MOST_TEST = 200


def read(path):
    with open(path, newline="") as file:
        rows = csv.reader(file)
        header = next(rows)
        label = header.index("label")
        first = next(i for i, name in enumerate(header) if name.startswith("f") and name[1:].isdigit())
        rows = list(rows)
    names = sorted({row[label] for row in rows})
    labels = np.array([names.index(row[label]) for row in rows])
    return np.array([[float(value) for value in row[first:]] for row in rows], dtype=np.float32), labels


def logistic(x, y, strength):
    return LogisticRegression(C=strength, max_iter=300).fit(x, y)


def log_loss(logits, y):
    logits = logits - logits.max(axis=1, keepdims=True)
    return float(np.mean(np.log(np.exp(logits).sum(axis=1)) - logits[np.arange(len(y)), y]))


def lda(x, y):
    return LinearDiscriminantAnalysis(solver="lsqr", shrinkage="auto").fit(x, y)


def search(x, y):
    """The strength with the lowest log loss over five folds, and the folds' heads with it."""
    folds = list(StratifiedKFold(5, shuffle=True, random_state=0).split(x, y))
    tried = []
    for strength in STRENGTHS:
        heads = [logistic(x[train], y[train], strength) for train, _ in folds]
        loss = np.mean([log_loss(head.decision_function(x[test]), y[test]) for head, (_, test) in zip(heads, folds)])
        tried.append((loss, strength, heads))
    return min(tried, key=lambda one: one[0])[1:]


def measure(x, y, per_class, draw):
    random = np.random.default_rng(100 + draw)
    train, test = [], []
    for label in range(y.max() + 1):
        rows = random.permutation(np.flatnonzero(y == label))
        train.extend(rows[:per_class])
        test.extend(rows[per_class:per_class + MOST_TEST])
    scaler = StandardScaler().fit(x[train])
    fitted, judged, labels = scaler.transform(x[train]), scaler.transform(x[test]), y[train]

    # A penalized regression stays in the span of its rows, where it is much smaller and the same.
    _, _, span = np.linalg.svd(fitted, full_matrices=False)
    near, far = fitted @ span.T, judged @ span.T
    strength, heads = search(near, labels)
    average = far @ np.mean([head.coef_ for head in heads], axis=0).T + np.mean([head.intercept_ for head in heads], axis=0)
    folds = list(StratifiedKFold(5, shuffle=True, random_state=0).split(fitted, labels))
    held = np.zeros((len(labels), labels.max() + 1))
    for rows, others in folds:
        held[others] = lda(fitted[rows], labels[rows]).decision_function(fitted[others])
    temperature = min(np.geomspace(1, 10_000, 81), key=lambda t: log_loss(held / t, labels))
    found = {
        "logistic regression": logistic(near, labels, strength).decision_function(far),
        "average of the folds' heads": average,
        "LDA, Ledoit-Wolf": lda(fitted, labels).decision_function(judged) / temperature,
    }
    return {name: (100 * float(np.mean(logits.argmax(axis=1) == y[test])), log_loss(logits, y[test])) for name, logits in found.items()}


def main(paths):
    print("| features | per class | method | accuracy % | log loss |")
    print("|---|---|---|---|---|")
    for path in paths:
        x, y = read(path)
        for per_class in (5, 20):
            draws = [measure(x, y, per_class, draw) for draw in range(DRAWS)]
            for method in draws[0]:
                accuracy = [one[method][0] for one in draws]
                loss = np.mean([one[method][1] for one in draws])
                name = os.path.splitext(os.path.basename(path))[0]
                print(f"| {name} | {per_class} | {method} | {np.mean(accuracy):.2f} +- {np.std(accuracy, ddof=1) / DRAWS ** 0.5:.2f} | {loss:.3f} |", flush=True)


main(sys.argv[1:])
