"""Small files in the layouts of Keras 2 and 3, and files no Keras writes. Arrays hold the formula's values for LAYER/VARIABLE.

usage: make_h5.py FOLDER      (Debian: python3-h5py)
"""
import os
import sys
import zipfile

import h5py
import numpy as np

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "..", "Goldens"))
import formula  # noqa: E402

LAYERS = {
    "input_1": {},
    "conv2d_1": {"kernel": (1, 2, 3, 4)},
    "batch_normalization_1": {"beta": (4,), "moving_mean": (4,), "moving_variance": (4,)},
    "predictions": {"kernel": (4, 2), "bias": (2,)},
}


def array(name, shape):
    return formula.hashed(name, int(np.prod(shape))).astype(np.float32).reshape(shape)


def keras2(group, within="", suffix=":0"):
    group.attrs["layer_names"] = [layer.encode() for layer in reversed(LAYERS)]
    group.attrs["backend"] = b"tensorflow"
    for layer, variables in reversed(LAYERS.items()):
        inner = group.create_group(layer)
        inner.attrs["weight_names"] = [f"{layer}/{variable}{suffix}".encode() for variable in variables]
        for variable, shape in variables.items():
            inner.create_dataset(f"{within}{layer}/{variable}{suffix}", data=array(f"{layer}/{variable}", shape))


def keras3(file, named=True):
    counts = {}
    for layer, variables in reversed(LAYERS.items()):
        kind = layer.rstrip("_0123456789")
        count = counts[kind] = counts.get(kind, -1) + 1
        inner = file.create_group(f"layers/{kind}_{count}" if count else f"layers/{kind}").create_group("vars")
        if named:
            inner.attrs["name"] = layer
        for number, (variable, shape) in enumerate(variables.items()):
            inner[str(number)] = array(f"{layer}/{variable}", shape)
    file.create_group("vars")
    file.create_group("optimizer/vars")["0"] = np.int64(7)


def made(folder, name, fill, **how):
    with h5py.File(os.path.join(folder, name), "w", **how) as file:
        fill(file)


def whole(file, **how):
    file.attrs["model_config"] = "{}" * 500
    keras2(file.create_group("model_weights"), **how)
    file.create_group("optimizer_weights").create_dataset("Adam/iterations:0", data=np.int64(7))


def nested(file):
    keras2(file.create_group("model_weights/inception_v3"))


def dataset(**how):
    return lambda file: file.create_dataset("conv2d_1/kernel:0", **how)


def loop(file):
    file["a/b"] = np.float32(1)
    file["a/again"] = file["a"]


def types(file):
    for name, kind in (("float16", "<f2"), ("float32", "<f4"), ("float64", "<f8")):
        file.create_dataset(f"{name}/{name}/kernel:0", data=array(name, (5,)).astype(kind))
    file.create_dataset("scalar/kernel:0", data=np.float32(2))


def main(folder):
    made(folder, "keras2-weights.h5", keras2)
    made(folder, "keras2-model.h5", whole)
    made(folder, "keras2-nested.h5", nested)
    made(folder, "keras2-latest.h5", keras2, libver="latest")
    made(folder, "keras3-model.h5", lambda file: whole(file, within="functional/", suffix=""))
    made(folder, "keras3.weights.h5", keras3)
    made(folder, "keras3-latest.weights.h5", keras3, libver="latest")
    made(folder, "keras3-unnamed.weights.h5", lambda file: keras3(file, named=False))
    made(folder, "types.h5", types)
    with zipfile.ZipFile(os.path.join(folder, "keras3.keras"), "w") as archive:
        archive.writestr(zipfile.ZipInfo("metadata.json"), "{}")
        with open(os.path.join(folder, "keras3.weights.h5"), "rb") as weights:
            archive.writestr(zipfile.ZipInfo("model.weights.h5"), weights.read())

    made(folder, "hostile-external-link.h5", lambda file: file.__setitem__("conv2d_1", h5py.ExternalLink("other.h5", "/x")))
    made(folder, "hostile-soft-link.h5", lambda file: file.__setitem__("conv2d_1", h5py.SoftLink("/")))
    made(folder, "hostile-external-data.h5", dataset(shape=(4,), dtype="<f4", external=[("/dev/zero", 0, 16)]))
    made(folder, "hostile-loop.h5", loop)
    made(folder, "other-chunked.h5", dataset(data=np.zeros(100, "<f4"), chunks=(10,), compression="gzip"))
    made(folder, "other-big-endian.h5", dataset(data=np.zeros(4, ">f4")))
    made(folder, "other-integers.h5", dataset(data=np.zeros(4, "<i4")))
    made(folder, "other-unwritten.h5", dataset(shape=(1 << 28,), dtype="<f4"))
    made(folder, "other-empty.h5", lambda file: file.create_group("model_weights"))


if __name__ == "__main__":
    main(sys.argv[1])
