"""Makes logistic-golden.json: the optimum of a small weighted multinomial logistic regression, by scikit-learn.

    python3 logistic-golden.py > logistic-golden.json
"""
import json

import numpy
import sklearn
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import StandardScaler

CLASSES, ROWS, WIDTH, L2 = 3, 60, 5, 0.02

random = numpy.random.RandomState(7)
centers = random.normal(size=(CLASSES, WIDTH))
labels = numpy.arange(ROWS) % CLASSES
features = (centers[labels] + random.normal(size=(ROWS, WIDTH))) * [1, 10, 0.01, 3, 1] + [0, 100, 0, -5, 1]
features = features.astype(numpy.float32)
weights = (1 + numpy.arange(ROWS) % 4).astype(numpy.float32)

scaler = StandardScaler().fit(features.astype(numpy.float64), sample_weight=weights)
standardized = scaler.transform(features.astype(numpy.float64))
# scikit-learn minimizes C * sum(w * loss) + |W|^2 / 2; ours is sum(w * loss) / sum(w) + L2 / 2 |W|^2.
model = LogisticRegression(C=1 / (L2 * weights.sum()), tol=1e-10, max_iter=10000, multi_class="multinomial")
model.fit(standardized, labels, sample_weight=weights)
print(json.dumps({
    "made with": "scikit-learn " + sklearn.__version__,
    "l2": L2,
    "features": features.tolist(),
    "labels": labels.tolist(),
    "weights": weights.tolist(),
    "probabilities": model.predict_proba(standardized).tolist(),
}))
