"""Keras' InceptionV3 with random weights, computed by torchvision's layers: the weights as .h5, and what they make of the image.

Keras' form differs from torchvision's in two ways: average pools leave the padding out, and batch normalization has no gamma.
torchvision makes its units in the order in which Keras numbers them.

usage: keras_inception_v3.py FOLDER [CLASSES]      (Debian: python3-torchvision python3-h5py; CLASSES is 37 unless given)
writes keras2.h5, notop.h5, keras3.weights.h5, features.bin and logits.bin (float32, little-endian)
"""
import os
import random
import sys

import h5py
import torch
import torch.nn.functional as functional
import torchvision

sys.dont_write_bytecode = True
import torchvision_weights  # noqa: E402


def units(model):
    for name, module in model.named_modules():
        if type(module).__name__ == "BasicConv2d" and not name.startswith("AuxLogits"):
            yield module


def layers(model):
    """(layer, [(variable, array)]) as Keras names them; kernels are height, width, inputs, outputs."""
    for number, unit in enumerate(units(model), 1):
        yield f"conv2d_{number}", [("kernel", unit.conv.weight.permute(2, 3, 1, 0))]
        bn = unit.bn
        yield f"batch_normalization_{number}", [("beta", bn.bias), ("moving_mean", bn.running_mean), ("moving_variance", bn.running_var)]
    yield "predictions", [("kernel", model.fc.weight.t()), ("bias", model.fc.bias)]


def keras2(path, content):
    with h5py.File(path, "w") as file:
        for layer, variables in content:
            for variable, values in variables:
                file.create_dataset(f"{layer}/{layer}/{variable}:0", data=values.detach().contiguous().numpy())


def keras3(path, content):
    counts = {}
    with h5py.File(path, "w") as file:
        for layer, variables in content:
            kind = layer.rstrip("_0123456789")
            count = counts[kind] = counts.get(kind, -1) + 1
            group = file.create_group(f"layers/{kind}_{count}" if count else f"layers/{kind}").create_group("vars")
            group.attrs["name"] = layer
            for number, (_, values) in enumerate(variables):
                group[str(number)] = values.detach().contiguous().numpy()


def main(folder, classes=37):
    torch.manual_seed(20151211)
    model = torchvision.models.inception_v3(weights=None, aux_logits=True, transform_input=False, init_weights=False, num_classes=int(classes))
    torchvision_weights.randomize(model)
    for unit in units(model):
        torch.nn.init.ones_(unit.bn.weight)

    counted = functional.avg_pool2d
    functional.avg_pool2d = lambda *args, **kwargs: counted(*args, **kwargs, count_include_pad=False)
    features, logits = torchvision_weights.run(model, 160, 192)
    features.tofile(os.path.join(folder, "features.bin"))
    logits.tofile(os.path.join(folder, "logits.bin"))

    content = list(layers(model))
    random.Random(1).shuffle(content)
    keras2(os.path.join(folder, "keras2.h5"), content)
    keras2(os.path.join(folder, "notop.h5"), [entry for entry in content if entry[0] != "predictions"])
    keras3(os.path.join(folder, "keras3.weights.h5"), content)


if __name__ == "__main__":
    main(*sys.argv[1:])
