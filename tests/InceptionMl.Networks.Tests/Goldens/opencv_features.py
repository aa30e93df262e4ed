"""Features that OpenCV's DNN module computes from emitted ONNX files, on the image of formula.py.

usage: opencv_features.py FOLDER MODEL.onnx...      (Debian: python3-opencv; a file is named after its network, and was
emitted with its image size bound)
"""
import os
import sys

import cv2

import formula

SIDES = {"googlenet": 224, "googlenet-torchvision": 224, "inception-compact": 128}


def main(folder, models):
    for path in models:
        network = os.path.splitext(os.path.basename(path))[0]
        side = SIDES.get(network, 299)
        net = cv2.dnn.readNetFromONNX(path)
        net.setInput(formula.image(side, side))
        out = os.path.join(folder, f"opencv-{network}-{side}x{side}.json")
        formula.write(out, "OpenCV " + cv2.__version__, network, side, side, net.forward("features"))


main(sys.argv[1], sys.argv[2:])
