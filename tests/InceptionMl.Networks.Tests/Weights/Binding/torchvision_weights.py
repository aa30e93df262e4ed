"""A torchvision network with random weights: its state_dict as .pth, and what it makes of the formula's image.

usage: torchvision_weights.py inception_v3|googlenet FOLDER      (Debian: python3-torchvision)
writes zip.pth, legacy.pth, parallel.pth (a checkpoint of DataParallel), weights.safetensors, features.bin and logits.bin (float32, little-endian)
"""
import json
import os
import struct
import sys

import torch
import torchvision

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "Goldens"))
sys.dont_write_bytecode = True
import formula  # noqa: E402


def randomize(model):
    """Weights that keep the signal's size through a hundred layers, and no two channels alike."""
    for module in model.modules():
        if isinstance(module, torch.nn.Conv2d):
            torch.nn.init.kaiming_normal_(module.weight)
        elif isinstance(module, torch.nn.BatchNorm2d):
            torch.nn.init.uniform_(module.weight, 0.8, 1.2)
            torch.nn.init.normal_(module.bias, 0, 0.1)
            module.running_mean.normal_(0, 0.1)
            module.running_var.uniform_(0.75, 1.25)
    return model.eval()


def run(model, height, width):
    kept = []
    hook = model.avgpool.register_forward_hook(lambda module, inputs, output: kept.append(output.flatten(1)))
    with torch.no_grad():
        logits = model(torch.from_numpy(formula.image(height, width)))
    hook.remove()
    return kept[0].numpy(), logits.numpy()


def safetensors(state, path):
    """The format by hand: the header's length, the header, the tensors' bytes without a gap."""
    types = {torch.float32: "F32", torch.int64: "I64"}
    header, data = {"__metadata__": {"format": "pt"}}, bytearray()
    for name, tensor in state.items():
        raw = tensor.contiguous().numpy().tobytes()
        header[name] = {"dtype": types[tensor.dtype], "shape": list(tensor.shape), "data_offsets": [len(data), len(data) + len(raw)]}
        data += raw
    text = json.dumps(header).encode()
    with open(path, "wb") as file:
        file.write(struct.pack("<Q", len(text)) + text + data)


def main(name, folder):
    torch.manual_seed(20151211)
    create = getattr(torchvision.models, name)
    model = randomize(create(weights=None, aux_logits=True, transform_input=False, init_weights=False, num_classes=37))
    features, logits = run(model, 160, 192)
    features.tofile(os.path.join(folder, "features.bin"))
    logits.tofile(os.path.join(folder, "logits.bin"))
    torch.save(model.state_dict(), os.path.join(folder, "zip.pth"))
    torch.save(model.state_dict(), os.path.join(folder, "legacy.pth"), _use_new_zipfile_serialization=False)
    parallel = {f"module.{name}": tensor for name, tensor in model.state_dict().items()}
    torch.save({"model": parallel, "optimizer": {"state": {}, "param_groups": [{"lr": 0.1}]}, "epoch": 3}, os.path.join(folder, "parallel.pth"))
    safetensors(model.state_dict(), os.path.join(folder, "weights.safetensors"))


if __name__ == "__main__":
    main(*sys.argv[1:])
