"""How far color alone gets: an 8x8x8 RGB histogram, then logistic regression and nearest neighbors.

usage: histogram_baseline.py DATASET   (a folder with train/ and test/; needs Pillow and scikit-learn)
"""

import sys
from pathlib import Path

import numpy as np
from PIL import Image
from sklearn.linear_model import LogisticRegression
from sklearn.neighbors import KNeighborsClassifier
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler


def histogram(path):
    pixels = np.asarray(Image.open(path).convert("RGB")).reshape(-1, 3)
    counts, _ = np.histogramdd(pixels, bins=(8, 8, 8), range=((0, 256),) * 3)
    return np.sqrt(counts.ravel() / len(pixels))


def part(folder):
    files = sorted(folder.glob("*/*.jpg"))
    return np.stack([histogram(file) for file in files]), np.array([file.parent.name for file in files])


def main(root):
    train, train_labels = part(root / "train")
    test, test_labels = part(root / "test")
    for c in (0.001, 0.01, 0.1, 1.0):
        model = make_pipeline(StandardScaler(), LogisticRegression(C=c, max_iter=2000)).fit(train, train_labels)
        print(f"logistic regression, C = {c}: {model.score(test, test_labels):.3f}")
    for k in (1, 5, 15):
        model = KNeighborsClassifier(k).fit(train, train_labels)
        print(f"{k} nearest neighbors: {model.score(test, test_labels):.3f}")


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    main(Path(sys.argv[1]))
