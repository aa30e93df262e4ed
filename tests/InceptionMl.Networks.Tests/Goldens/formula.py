"""The formula of tests/SharedModel/FormulaWeights.cs, and the golden files' form."""
import json

import numpy as np


def hashed(name, count):
    """Numbers in [-1, 1): FNV-1a of the name, then Murmur3's finalizer of hash + index * 2654435769."""
    start = 2166136261
    for byte in name.encode("utf-8"):
        start = ((start ^ byte) * 16777619) & 0xFFFFFFFF
    h = np.arange(count, dtype=np.uint32) * np.uint32(2654435769) + np.uint32(start)
    h = (h ^ (h >> np.uint32(16))) * np.uint32(0x85EBCA6B)
    h = (h ^ (h >> np.uint32(13))) * np.uint32(0xC2B2AE35)
    h ^= h >> np.uint32(16)
    return h.astype(np.float64) / 2147483648.0 - 1


def image(height, width):
    return hashed("image", 3 * height * width).astype(np.float32).reshape(1, 3, height, width)


def parameter(name, shape):
    role = name.rsplit("/", 1)[1]
    count = int(np.prod(shape))
    center, spread = {
        "weight": (0.0, np.sqrt(6.0 / (count / shape[0]))),
        "gamma": (1.0, 0.1),
        "variance": (1.0, 0.25),
    }.get(role, (0.0, 0.1))
    return (center + spread * hashed(name, count)).astype(np.float32).reshape(shape)


def write(path, made_by, network, height, width, features):
    values = [float("%.8g" % value) for value in np.asarray(features).reshape(-1)]
    with open(path, "w", encoding="utf-8", newline="\n") as file:
        json.dump({"madeBy": made_by, "network": network, "height": height, "width": width, "features": values}, file)
        file.write("\n")
