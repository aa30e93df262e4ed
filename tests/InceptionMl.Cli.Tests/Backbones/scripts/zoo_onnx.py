"""A small Inception-like classifier as model zoos wrote ONNX files: batch fixed at 1, weights among the inputs, the pool hidden.

usage: zoo_onnx.py FOLDER OPSET      (Debian: python3-onnx)
writes zoo.onnx, and exposed.onnx with the pooled tensor and the scores as outputs too
"""
import os
import sys

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

random = np.random.RandomState(20151211)
nodes, weights = [], []


def weight(name, array):
    weights.append(numpy_helper.from_array(array, name))
    return name


def node(operator, inputs, output, **attributes):
    nodes.append(helper.make_node(operator, inputs, [output], name=output, **attributes))
    return output


def conv(name, x, filters, inputs, side, **attributes):
    scale = np.sqrt(2 / (inputs * side * side))
    w = weight(f"{name}_w", (random.randn(filters, inputs, side, side) * scale).astype(np.float32))
    b = weight(f"{name}_b", random.randn(filters).astype(np.float32) * 0.1)
    return node("Relu", [node("Conv", [x, w, b], f"{name}_1", kernel_shape=[side, side], **attributes)], f"{name}_2")


def main(folder, opset):
    x = conv("conv1", "data_0", 8, 3, 3, strides=[2, 2], pads=[1, 1, 1, 1])                  # 20 x 20 x 8
    x = node("LRN", [x], "norm1", size=5, alpha=1e-4, beta=0.75, bias=1.0)
    x = node("MaxPool", [x], "pool1", kernel_shape=[2, 2], strides=[2, 2])                   # 10 x 10 x 8
    left = conv("left", x, 8, 8, 1)
    pooled = node("AveragePool", [x], "right_pool", kernel_shape=[3, 3], strides=[1, 1], pads=[1, 1, 1, 1])
    right = conv("right", pooled, 8, 8, 1)
    x = node("Concat", [left, right], "join", axis=1)
    x = node("MaxPool", [x], "pool4", kernel_shape=[2, 2], strides=[2, 2])                   # 5 x 5 x 16
    x = node("AveragePool", [x], "pool5/pool", kernel_shape=[5, 5])
    x = node("Dropout", [x], "pool5/drop")
    weights.append(numpy_helper.from_array(np.array([1, 16], np.int64), "shape"))
    x = node("Reshape", [x, "shape"], "flat")
    fc = weight("fc_w", random.randn(10, 16).astype(np.float32))
    x = node("Gemm", [x, fc, weight("fc_b", random.randn(10).astype(np.float32))], "fc", transB=1)
    node("Softmax", [x], "prob_1")

    image = helper.make_tensor_value_info("data_0", TensorProto.FLOAT, [1, 3, 40, 40])
    inputs = [image] + [helper.make_tensor_value_info(w.name, w.data_type, w.dims) for w in weights]
    outputs = [helper.make_tensor_value_info("prob_1", TensorProto.FLOAT, [1, 10])]
    hidden = [helper.make_tensor_value_info("pool5/pool", TensorProto.FLOAT, [1, 16, 1, 1]), helper.make_tensor_value_info("fc", TensorProto.FLOAT, [1, 10])]
    for name, shown in (("zoo.onnx", outputs), ("exposed.onnx", outputs + hidden)):
        graph = helper.make_graph(nodes, "zoo", inputs, shown, weights)
        model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", opset)])
        model.ir_version = 3
        onnx.save(model, os.path.join(folder, name))


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
