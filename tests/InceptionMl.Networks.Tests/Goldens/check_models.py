"""Runs ONNX's own checker, with full shape inference, over model files.

usage: check_models.py MODEL.onnx...      (Debian: python3-onnx)
"""
import sys

import onnx

for path in sys.argv[1:]:
    onnx.checker.check_model(onnx.load(path), full_check=True)
    print(path)
