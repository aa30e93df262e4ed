"""Exports torchvision's inception_v3 (features, without classifier) by PyTorch's own exporter, with the weights of the goldens'
formula: what compare.cs times our emitted file against.

usage: export_torchvision.py OUT.onnx      (Debian: python3-torchvision)
"""
import os
import sys

import torch
import torchvision

goldens = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "InceptionMl.Networks.Tests", "Goldens")
sys.path.insert(0, goldens)
sys.dont_write_bytecode = True
import torchvision_features

model = torchvision.models.inception_v3(weights=None, aux_logits=False, transform_input=False, init_weights=False)
torchvision_features.fill(model, gamma=True)
model.fc = torch.nn.Identity()
torch.onnx.export(
    model,
    torch.zeros(1, 3, 299, 299),
    sys.argv[1],
    opset_version=13,
    input_names=["image"],
    output_names=["features"],
    dynamic_axes={"image": {0: "N", 2: "H", 3: "W"}, "features": {0: "N"}},
)
