"""Features of torchvision's inception_v3 and googlenet with the weights of formula.py.

usage: torchvision_features.py FOLDER      (Debian: python3-torchvision)
"""
import os
import re
import sys

import torch
import torch.nn.functional as functional
import torchvision

import formula

UNITS = {
    "branch1x1": "1x1",
    "branch5x5_1": "5x5_reduce",
    "branch5x5_2": "5x5",
    "branch3x3": "3x3",
    "branch3x3dbl_1": "double_3x3_reduce",
    "branch3x3dbl_2": "double_3x3_a",
    "branch3x3dbl_3": "double_3x3_b",
    "branch3x3dbl_3a": "double_3x3_b/1x3",
    "branch3x3dbl_3b": "double_3x3_b/3x1",
    "branch3x3_1": "3x3_reduce",
    "branch3x3_2": "3x3",
    "branch3x3_2a": "3x3/1x3",
    "branch3x3_2b": "3x3/3x1",
    "branch7x7_1": "7x7_reduce",
    "branch7x7_2": "7x7_a",
    "branch7x7_3": "7x7_b",
    "branch7x7dbl_1": "double_7x7_reduce",
    "branch7x7dbl_2": "double_7x7_a",
    "branch7x7dbl_3": "double_7x7_b",
    "branch7x7dbl_4": "double_7x7_c",
    "branch7x7dbl_5": "double_7x7_d",
    "branch7x7x3_1": "7x7_reduce",
    "branch7x7x3_2": "7x7_a",
    "branch7x7x3_3": "7x7_b",
    "branch7x7x3_4": "7x7_c",
    "branch_pool": "pool_proj",
    "branch1": "1x1",
    "branch2.0": "3x3_reduce",
    "branch2.1": "3x3",
    "branch3.0": "5x5_reduce",
    "branch3.1": "5x5",
    "branch4.1": "pool_proj",
}
ROLES = {
    "conv.weight": "conv/weight",
    "bn.weight": "bn/gamma",
    "bn.bias": "bn/beta",
    "bn.running_mean": "bn/mean",
    "bn.running_var": "bn/variance",
}
STEM = {"conv2": "conv2_reduce", "conv3": "conv2"}


def our_name(name):
    if name.startswith("fc."):
        return "predictions/" + name[3:]
    unit, role = re.fullmatch(r"(.+)\.((?:conv|bn)\.\w+)", name).groups()
    if unit.startswith("Conv2d_"):
        unit = "conv_" + unit.split("_")[1]
    elif unit.startswith("Mixed_"):
        block, branch = unit.split(".", 1)
        unit = block.lower() + "/" + UNITS[branch]
    elif unit.startswith("inception"):
        block, branch = unit.split(".", 1)
        unit = "inception_" + block[-2:] + "/" + UNITS[branch]
    else:
        unit = STEM.get(unit, unit)
    return unit + "/" + ROLES[role]


def fill(model, gamma):
    state = model.state_dict()
    for name, tensor in state.items():
        if name.endswith("num_batches_tracked"):
            continue
        ours = our_name(name)
        if ours.endswith("/gamma") and not gamma:
            tensor.fill_(1)
        else:
            tensor.copy_(torch.from_numpy(formula.parameter(ours, tuple(tensor.shape))))
    return model.eval()


def features(model, height, width):
    kept = []
    hook = model.avgpool.register_forward_hook(lambda module, inputs, output: kept.append(output.flatten(1)))
    with torch.no_grad():
        model(torch.from_numpy(formula.image(height, width)))
    hook.remove()
    return kept[0].numpy()


def main(folder):
    made_by = "torchvision " + torchvision.__version__
    quiet = dict(weights=None, aux_logits=False, transform_input=False, init_weights=False)
    v3 = torchvision.models.inception_v3(**quiet)
    googlenet = torchvision.models.googlenet(**quiet)

    def write(network, model, height, width):
        path = os.path.join(folder, f"torchvision-{network}-{height}x{width}.json")
        formula.write(path, made_by, network, height, width, features(model, height, width))

    fill(v3, gamma=True)
    write("inception-v3-torchvision", v3, 299, 299)
    write("inception-v3-torchvision", v3, 171, 204)
    fill(googlenet, gamma=True)
    write("googlenet-torchvision", googlenet, 224, 224)
    write("googlenet-torchvision", googlenet, 130, 97)

    # Keras' form of the same network: no gamma, and average pools that leave the padding out.
    counted = functional.avg_pool2d
    functional.avg_pool2d = lambda *args, **kwargs: counted(*args, **kwargs, count_include_pad=False)
    fill(v3, gamma=False)
    write("inception-v3", v3, 299, 299)


if __name__ == "__main__":
    main(sys.argv[1])
