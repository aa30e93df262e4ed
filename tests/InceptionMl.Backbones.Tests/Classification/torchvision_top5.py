"""A torchvision network with random weights: its state_dict as .pth, and its five best classes for a picture.

usage: torchvision_top5.py MODEL PICTURE OUT.pth      (Debian: python3-torchvision, python3-pil)
The picture has the size the network is given; a line is printed for each class, best first: index and probability.
"""
import os
import sys

import numpy
import torch
import torchvision
from PIL import Image

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), *[".."] * 2, "InceptionMl.Networks.Tests", "Weights", "Binding"))
from torchvision_weights import randomize  # noqa: E402


def main(name, picture, path):
    torch.manual_seed(20140917)
    create = getattr(torchvision.models, name)
    model = randomize(create(weights=None, aux_logits=True, transform_input=False, init_weights=False))
    torch.save(model.state_dict(), path)
    rgb = numpy.asarray(Image.open(picture).convert("RGB"), dtype=numpy.float32)
    image = torch.from_numpy((rgb / 127.5 - 1).transpose(2, 0, 1)[None].copy())
    with torch.no_grad():
        best = torch.softmax(model(image)[0].double(), 0).topk(5)
    for probability, index in zip(best.values.tolist(), best.indices.tolist()):
        print(index, repr(probability))


if __name__ == "__main__":
    main(*sys.argv[1:])
