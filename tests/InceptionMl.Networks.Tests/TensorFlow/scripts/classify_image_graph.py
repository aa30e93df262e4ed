"""Writes a frozen GraphDef with the weights of an ONNX trunk of Inception V3, under the node names of the graph of 2015.

usage: classify_image_graph.py TRUNK.onnx OUT.pb      (Debian: python3-numpy, python3-onnx)

The trunk has its batch normalization folded; here each is spread again over a kernel, a mean, a variance and a beta that differ
from it and compute the same, so that what the converter does with them shows.
"""
import sys

import numpy as np
import onnx
from onnx import numpy_helper

from graphdef import Graph, Splat, Text, Type, graph_def

EPSILON = 0.001


def node_name(layer):
    """mixed_3_tower_1_conv_2 as 2015 had it: mixed_3/tower_1/conv_2."""
    words, parts = layer.split("_"), []
    for word in words:
        if word.isdigit():
            parts[-1] += "_" + word
        else:
            parts.append(word)
    return "/".join(parts)


def front(g):
    g.const("DecodeJpeg/contents", Text(b""))
    g.add("DecodeJpeg", "DecodeJpeg", ["DecodeJpeg/contents"], channels=3)
    g.add("Cast", "Cast", ["DecodeJpeg"], SrcT=Type(4), DstT=Type(1))
    g.ints("ExpandDims/dim", 0)
    g.add("ExpandDims", "ExpandDims", ["Cast", "ExpandDims/dim"])
    g.ints("ResizeBilinear/size", 299, 299)
    return g.add("ResizeBilinear", "ResizeBilinear", ["ExpandDims", "ResizeBilinear/size"])


def convolution(g, name, x, weight, bias, onnx_attributes):
    filters = len(bias)
    variance = g.random.uniform(0.5, 2, filters).astype(np.float32)
    mean = g.random.uniform(-1, 1, filters).astype(np.float32)
    deviation = np.sqrt(variance.astype(np.float64) + EPSILON)
    g.const(f"{name}/conv2d_params", (weight * deviation[:, None, None, None]).transpose(2, 3, 1, 0).astype(np.float32))
    g.const(f"{name}/batchnorm/beta", (bias + mean / deviation).astype(np.float32))
    g.const(f"{name}/batchnorm/gamma", Splat([filters], 1.0))
    g.const(f"{name}/batchnorm/moving_mean", mean)
    g.const(f"{name}/batchnorm/moving_variance", variance)
    padding = "SAME" if any(onnx_attributes["pads"]) or weight.shape[2:] == (1, 1) else "VALID"
    g.add(f"{name}/Conv2D", "Conv2D", [x, f"{name}/conv2d_params"], strides=[1, *onnx_attributes["strides"], 1], padding=padding)
    inputs = [f"{name}/Conv2D"] + [f"{name}/batchnorm/{p}" for p in ("moving_mean", "moving_variance", "beta", "gamma")]
    g.add(f"{name}/batchnorm", "BatchNormWithGlobalNormalization", inputs, variance_epsilon=EPSILON, scale_after_normalization=False)
    g.add(f"{name}/CheckNumerics", "CheckNumerics", [f"{name}/batchnorm"], message="batchnorm")
    return g.add(f"{name}/control_dependency", "Identity", [f"{name}/batchnorm", f"^{name}/CheckNumerics"])


def main(trunk, out):
    graph = onnx.load(trunk).graph
    weights = {tensor.name: numpy_helper.to_array(tensor) for tensor in graph.initializer}
    g = Graph(2015)
    names = {"image": front(g)}
    for node in graph.node:
        attributes = {a.name: list(a.ints) or a.i for a in node.attribute}
        x, tensor = names.get(node.input[0]), node.output[0]
        if node.op_type == "Conv":
            names[tensor] = convolution(g, node_name(tensor.removesuffix("/c")), x, weights[node.input[1]], weights[node.input[2]], attributes)
        elif node.op_type == "Relu":
            names[tensor] = g.add(node_name(tensor), "Relu", [x])
        elif node.op_type in ("MaxPool", "AveragePool"):
            side, stride = attributes["kernel_shape"][0], attributes["strides"][0]
            name = "pool" if tensor == "conv_2/mp" else "pool_1" if tensor == "conv_4/mp" else x.removesuffix("/join") + "_next/pool"
            names[tensor] = g.add(name, "MaxPool" if node.op_type == "MaxPool" else "AvgPool", [x], ksize=[1, side, side, 1],
                                  strides=[1, stride, stride, 1], padding="SAME" if node.op_type == "AveragePool" else "VALID")
        elif node.op_type == "Concat":
            name = ("mixed_9" if tensor == "feature_map" else tensor) + "/join"
            g.ints(f"{name}/concat_dim", 3)
            names[tensor] = g.add(name, "Concat", [f"{name}/concat_dim"] + [names[i] for i in node.input], N=len(node.input))
        elif node.op_type == "GlobalAveragePool":
            names[tensor] = g.add("pool_3", "AvgPool", [x], ksize=[1, 8, 8, 1], strides=[1, 1, 1, 1], padding="VALID")
        elif node.op_type == "Flatten":
            [width] = [o.type.tensor_type.shape.dim[1].dim_value for o in graph.output if o.name == tensor]
            g.ints("pool_3/_reshape/shape", 1, width)
            g.add("pool_3/_reshape", "Reshape", [x, "pool_3/_reshape/shape"])
        else:
            raise ValueError(node.op_type)
    with open(out, "wb") as file:
        file.write(graph_def(g.nodes))


main(*sys.argv[1:])
