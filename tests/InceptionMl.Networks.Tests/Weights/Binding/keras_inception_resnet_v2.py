"""Inception-ResNet v2 written as a function that makes its random weights as it goes, in the order in which Keras numbers them.

usage: keras_inception_resnet_v2.py FOLDER      (Debian: python3-torch python3-h5py)
writes keras2.h5 and features.bin (float32, little-endian)
"""
import os
import random
import sys

import h5py
import torch
import torch.nn.functional as functional

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "Goldens"))
import formula  # noqa: E402

saved = []
numbered = 0


def kernel(x, filters, size):
    height, width = size if isinstance(size, tuple) else (size, size)
    weight = torch.empty(filters, x.shape[1], height, width)
    torch.nn.init.kaiming_normal_(weight)
    return weight, (height // 2, width // 2)


def unit(x, filters, size, stride=1, same=True, name=None):
    global numbered
    if name is None:
        numbered += 1
    weight, padding = kernel(x, filters, size)
    beta, mean, variance = torch.randn(filters) * 0.1, torch.randn(filters) * 0.1, torch.rand(filters) * 0.5 + 0.75
    saved.append((name or f"conv2d_{numbered}", {"kernel": weight.permute(2, 3, 1, 0)}))
    saved.append((f"{name}_bn" if name else f"batch_normalization_{numbered}", {"beta": beta, "moving_mean": mean, "moving_variance": variance}))
    x = functional.conv2d(x, weight, stride=stride, padding=padding if same else 0)
    return functional.relu(functional.batch_norm(x, mean, variance, bias=beta, eps=1e-3))


def residual(x, branches, scale, name, relu=True):
    joined = torch.cat(branches, 1)
    weight, _ = kernel(joined, x.shape[1], 1)
    bias = torch.randn(x.shape[1]) * 0.1
    saved.append((f"{name}_conv", {"kernel": weight.permute(2, 3, 1, 0), "bias": bias}))
    x = x + scale * functional.conv2d(joined, weight, bias)
    return functional.relu(x) if relu else x


def chain(x, *steps):
    for filters, size in steps:
        x = unit(x, filters, size)
    return x


def halved(x, filters):
    return unit(x, filters, 3, stride=2, same=False)


def network(x):
    x = unit(unit(halved(x, 32), 32, 3, same=False), 64, 3)
    x = functional.max_pool2d(x, 3, 2)
    x = functional.max_pool2d(unit(unit(x, 80, 1), 192, 3, same=False), 3, 2)
    branches = [unit(x, 96, 1), chain(x, (48, 1), (64, 5)), chain(x, (64, 1), (96, 3), (96, 3))]
    x = torch.cat(branches + [unit(functional.avg_pool2d(x, 3, 1, 1, count_include_pad=False), 64, 1)], 1)
    for i in range(1, 11):
        x = residual(x, [unit(x, 32, 1), chain(x, (32, 1), (32, 3)), chain(x, (32, 1), (48, 3), (64, 3))], 0.17, f"block35_{i}")
    x = torch.cat([halved(x, 384), halved(chain(x, (256, 1), (256, 3)), 384), functional.max_pool2d(x, 3, 2)], 1)
    for i in range(1, 21):
        x = residual(x, [unit(x, 192, 1), chain(x, (128, 1), (160, (1, 7)), (192, (7, 1)))], 0.1, f"block17_{i}")
    branches = [halved(unit(x, 256, 1), 384), halved(unit(x, 256, 1), 288), halved(chain(x, (256, 1), (288, 3)), 320)]
    x = torch.cat(branches + [functional.max_pool2d(x, 3, 2)], 1)
    for i in range(1, 11):
        branches = [unit(x, 192, 1), chain(x, (192, 1), (224, (1, 3)), (256, (3, 1)))]
        x = residual(x, branches, 0.2 if i < 10 else 1.0, f"block8_{i}", relu=i < 10)
    return unit(x, 1536, 1, name="conv_7b").mean((2, 3))


def main(folder):
    torch.manual_seed(20160223)
    with torch.no_grad():
        features = network(torch.from_numpy(formula.image(160, 192)))
    features.numpy().tofile(os.path.join(folder, "features.bin"))
    random.Random(1).shuffle(saved)
    with h5py.File(os.path.join(folder, "keras2.h5"), "w") as file:
        for layer, variables in saved:
            for variable, values in variables.items():
                file.create_dataset(f"{layer}/{layer}/{variable}:0", data=values.contiguous().numpy())


if __name__ == "__main__":
    main(sys.argv[1])
