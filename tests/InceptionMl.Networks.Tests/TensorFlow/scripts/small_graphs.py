"""Writes ../Goldens: small graphs with random weights, in the manner of each published one, and what they compute.

usage: python3 small_graphs.py      (Debian: python3-numpy, python3-opencv)

Outputs come from interpreter.py; where OpenCV's DNN module can read the graph, its own outputs must agree, and the golden says so.
"""
import json
import os
import sys

import cv2
import numpy as np

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "..", "..", "Goldens"))
import formula  # noqa: E402
from graphdef import Graph, Listed, Shape, Splat, Text, Type, graph_def, meta_graph_def  # noqa: E402
from interpreter import run  # noqa: E402

FOLDER = os.path.join(HERE, "..", "Goldens")


def conv2015(g, name, x, kernel, filters, channels, stride=1, padding="SAME", scaled=True):
    """Convolution, BatchNormWithGlobalNormalization, CheckNumerics behind a control dependency, ReLU."""
    g.kernel(f"{name}/conv2d_params", *kernel, channels, filters)
    g.add(f"{name}/Conv2D", "Conv2D", [x, f"{name}/conv2d_params"], strides=[1, stride, stride, 1], padding=padding)
    g.vector(f"{name}/batchnorm/beta", filters, -0.2, 0.2)
    g.vector(f"{name}/batchnorm/gamma", filters, 0.8, 1.2)
    g.vector(f"{name}/batchnorm/moving_mean", filters, -0.2, 0.2)
    g.vector(f"{name}/batchnorm/moving_variance", filters, 0.5, 1.5)
    inputs = [f"{name}/Conv2D"] + [f"{name}/batchnorm/{p}" for p in ("moving_mean", "moving_variance", "beta", "gamma")]
    g.add(f"{name}/batchnorm", "BatchNormWithGlobalNormalization", inputs, variance_epsilon=0.001, scale_after_normalization=scaled)
    g.add(f"{name}/CheckNumerics", "CheckNumerics", [f"{name}/batchnorm"], message="batchnorm")
    g.add(f"{name}/control_dependency", "Identity", [f"{name}/batchnorm:0", f"^{name}/CheckNumerics"])
    return g.add(name, "Relu", [f"{name}/control_dependency"])


def pool(g, name, operator, x, side, stride, padding):
    return g.add(name, operator, [x], ksize=[1, side, side, 1], strides=[1, stride, stride, 1], padding=padding)


def dense(g, name, x, features, classes):
    g.kernel(f"{name}/weights", features, classes)
    g.vector(f"{name}/biases", classes, -0.1, 0.1)
    g.add(f"{name}/MatMul", "MatMul", [x, f"{name}/weights"], transpose_a=False, transpose_b=False)
    return g.add(name, "BiasAdd", [f"{name}/MatMul", f"{name}/biases"])


def classify_image():
    """The naming of 2015: a JPEG's bytes in front, resized and normalized inside the graph."""
    g = Graph(1)
    g.const("DecodeJpeg/contents", Text(b"\xff\xd8\xff"))
    g.add("DecodeJpeg", "DecodeJpeg", ["DecodeJpeg/contents"], channels=3)
    g.add("Cast", "Cast", ["DecodeJpeg"], SrcT=Type(4), DstT=Type(1))
    g.ints("ExpandDims/dim", 0)
    g.add("ExpandDims", "ExpandDims", ["Cast", "ExpandDims/dim"])
    g.ints("ResizeBilinear/size", 35, 35)
    g.add("ResizeBilinear", "ResizeBilinear", ["ExpandDims", "ResizeBilinear/size"])
    g.const("Sub/y", 0.25)
    g.add("Sub", "Sub", ["ResizeBilinear", "Sub/y"])
    g.const("Mul/y", 1.5)
    g.add("Mul", "Mul", ["Sub", "Mul/y"])
    x = conv2015(g, "conv", "Mul", (3, 3), 8, 3, stride=2, padding="VALID")
    x = pool(g, "pool", "MaxPool", x, 3, 2, "VALID")
    a = conv2015(g, "mixed/conv", x, (1, 1), 6, 8)
    b = conv2015(g, "mixed/tower/conv_1", conv2015(g, "mixed/tower/conv", x, (1, 1), 4, 8), (5, 5), 6, 4, scaled=False)
    c = conv2015(g, "mixed/tower_1/conv_1", conv2015(g, "mixed/tower_1/conv", x, (1, 7), 4, 8), (7, 1), 6, 4)
    d = conv2015(g, "mixed/tower_2/conv", pool(g, "mixed/tower_2/pool", "AvgPool", x, 3, 1, "SAME"), (1, 1), 4, 8)
    g.ints("mixed/join/concat_dim", 3)
    x = g.add("mixed/join", "Concat", ["mixed/join/concat_dim", a, b, c, d], N=4)
    pool(g, "pool_3", "AvgPool", x, 8, 1, "VALID")
    g.ints("pool_3/_reshape/shape", 1, 22)
    x = g.add("pool_3/_reshape", "Reshape", ["pool_3", "pool_3/_reshape/shape"])
    g.add("softmax", "Softmax", [dense(g, "softmax/logits", x, 22, 5)])
    return g, "ResizeBilinear", "pool_3", "mixed/join", "softmax/logits", [(35, 35)], {}


def biased(g, name, x, kernel, filters, channels, stride=1):
    g.kernel(f"{name}_w", kernel, kernel, channels, filters)
    g.vector(f"{name}_b", filters, -0.2, 0.2)
    g.add(f"{name}_pre_relu/conv", "Conv2D", [x, f"{name}_w"], strides=[1, stride, stride, 1], padding="SAME")
    g.add(f"{name}_pre_relu", "BiasAdd", [f"{name}_pre_relu/conv", f"{name}_b"])
    return g.add(name, "Relu", [f"{name}_pre_relu"])


def inception5h():
    """Version 1: no batch normalization, LRN, a placeholder without a shape, an auxiliary head."""
    g = Graph(2)
    g.nodes.append(("input", "Placeholder", [], {"dtype": Type(1)}))
    x = biased(g, "conv2d0", "input", 7, 8, 3, stride=2)
    x = pool(g, "maxpool0", "MaxPool", x, 3, 2, "SAME")
    x = g.add("localresponsenorm0", "LRN", [x], depth_radius=2, bias=2.0, alpha=0.3, beta=0.5)
    a = biased(g, "mixed3a_1x1", x, 1, 6, 8)
    b = biased(g, "mixed3a_3x3", biased(g, "mixed3a_3x3_bottleneck", x, 1, 4, 8), 3, 6, 4)
    c = biased(g, "mixed3a_5x5", biased(g, "mixed3a_5x5_bottleneck", x, 1, 4, 8), 5, 6, 4)
    d = biased(g, "mixed3a_pool_reduce", pool(g, "mixed3a_pool", "MaxPool", x, 3, 1, "SAME"), 1, 4, 8)
    g.ints("mixed3a/concat_dim", 3)
    x = g.add("mixed3a", "Concat", ["mixed3a/concat_dim", a, b, c, d], N=4)
    head = biased(g, "head0_bottleneck", pool(g, "head0_pool", "AvgPool", x, 5, 3, "VALID"), 1, 4, 22)
    g.ints("head0/shape", -1, 16)
    g.add("head0", "Reshape", [head, "head0/shape"])
    x = pool(g, "avgpool0", "AvgPool", biased(g, "mixed5b", x, 3, 12, 22), 8, 1, "VALID")
    g.ints("avgpool0/reshape/shape", -1, 12)
    x = g.add("avgpool0/reshape", "Reshape", [x, "avgpool0/reshape/shape"])
    g.kernel("softmax2_w", 12, 5)
    g.vector("softmax2_b", 5, -0.1, 0.1)
    g.add("softmax2_pre_activation/matmul", "MatMul", [x, "softmax2_w"], transpose_a=False, transpose_b=False)
    g.add("softmax2_pre_activation", "BiasAdd", ["softmax2_pre_activation/matmul", "softmax2_b"])
    g.add("softmax2", "Softmax", ["softmax2_pre_activation"])
    g.ints("label/dimension", 1)
    g.add("label", "ArgMax", ["softmax2", "label/dimension"])
    return g, "input", "avgpool0", "mixed5b", "softmax2_pre_activation", [(32, 32)], {"imageSize": 32}


def slim_conv(g, name, x, kernel, filters, channels, stride=1, version="", relu="Relu"):
    g.kernel(f"{name}/weights", *kernel, channels, filters)
    g.add(f"{name}/weights/read", "Identity", [f"{name}/weights"])
    g.add(f"{name}/Conv2D", "Conv2D", [x, f"{name}/weights/read"], strides=[1, stride, stride, 1], padding="SAME", data_format="NHWC")
    return fused(g, name, f"{name}/Conv2D", filters, version, relu)


def fused(g, name, x, filters, version, relu="Relu"):
    g.const(f"{name}/BatchNorm/gamma", Splat([filters], 1.0))
    g.const(f"{name}/BatchNorm/beta", Listed(g.random.uniform(-0.2, 0.2, filters).astype(np.float32)))
    g.vector(f"{name}/BatchNorm/moving_mean", filters, -0.2, 0.2)
    g.vector(f"{name}/BatchNorm/moving_variance", filters, 0.5, 1.5)
    inputs = [x] + [f"{name}/BatchNorm/{p}" for p in ("gamma", "beta", "moving_mean", "moving_variance")]
    g.add(f"{name}/BatchNorm/FusedBatchNorm", f"FusedBatchNorm{version}", inputs, epsilon=0.001, is_training=False, data_format="NHWC")
    return g.add(f"{name}/{relu}", relu, [f"{name}/BatchNorm/FusedBatchNorm"])


def slim():
    """Slim's naming at any image size: padding that depends on it, separable convolution, a mean, a convolution for classifier."""
    g = Graph(3)
    g.nodes.append(("input", "Placeholder", [], {"dtype": Type(1), "shape": Shape([-1, -1, -1, 3])}))
    root = "InceptionV2"
    g.kernel(f"{root}/Conv2d_1a_7x7/depthwise_weights", 7, 7, 3, 4)
    g.add(f"{root}/Conv2d_1a_7x7/depthwise", "DepthwiseConv2dNative", ["input", f"{root}/Conv2d_1a_7x7/depthwise_weights"],
          strides=[1, 2, 2, 1], padding="SAME", data_format="NHWC")
    g.kernel(f"{root}/Conv2d_1a_7x7/pointwise_weights", 1, 1, 12, 8)
    g.add(f"{root}/Conv2d_1a_7x7/Conv2D", "Conv2D", [f"{root}/Conv2d_1a_7x7/depthwise", f"{root}/Conv2d_1a_7x7/pointwise_weights"],
          strides=[1, 1, 1, 1], padding="VALID")
    x = fused(g, f"{root}/Conv2d_1a_7x7", f"{root}/Conv2d_1a_7x7/Conv2D", 8, "", "Relu6")
    x = pool(g, f"{root}/MaxPool_2a_3x3/MaxPool", "MaxPool", x, 3, 2, "SAME")
    a = slim_conv(g, f"{root}/Mixed_3b/Branch_0/Conv2d_0a_3x3", x, (3, 3), 6, 8, stride=2, version="V2")
    b = slim_conv(g, f"{root}/Mixed_3b/Branch_1/Conv2d_0a_2x2", x, (2, 2), 6, 8, stride=2, version="V3")
    c = pool(g, f"{root}/Mixed_3b/Branch_2/AvgPool_0a_3x3", "AvgPool", x, 3, 2, "SAME")
    g.ints(f"{root}/Mixed_3b/concat/axis", -1)
    x = g.add(f"{root}/Mixed_3b/concat", "ConcatV2", [a, b, c, f"{root}/Mixed_3b/concat/axis"], N=3)
    g.const("Pad/paddings", np.array([[0, 0], [1, 2], [2, 1], [0, 0]], np.int32))
    x = g.add("Pad", "Pad", [x, "Pad/paddings"], Tpaddings=Type(3))
    g.kernel("Dilated/weights", 2, 2, 20, 12)
    g.add("Dilated/Conv2D", "Conv2D", [x, "Dilated/weights"], strides=[1, 1, 1, 1], dilations=[1, 3, 3, 1], padding="SAME")
    x = g.add("Dilated/Relu", "Relu", ["Dilated/Conv2D"])
    g.const("Mean/axes", np.array([1, 2], np.int32))
    x = g.add(f"{root}/Logits/GlobalPool", "Mean", [x, "Mean/axes"], keep_dims=True)
    g.kernel("Logits/weights", 1, 1, 12, 5)
    g.vector("Logits/biases", 5, -0.1, 0.1)
    g.add("Logits/Conv2D", "Conv2D", [x, "Logits/weights"], strides=[1, 1, 1, 1], padding="SAME")
    g.add("Logits/BiasAdd", "BiasAdd", ["Logits/Conv2D", "Logits/biases"])
    g.add("SpatialSqueeze", "Squeeze", ["Logits/BiasAdd"], squeeze_dims=[1, 2])
    g.add("Predictions/Softmax", "Softmax", ["SpatialSqueeze"])
    return g, "input", f"{root}/Logits/GlobalPool", "Dilated/Relu", "SpatialSqueeze", [(32, 32), (33, 31), (47, 40)], {}


def unfused(g, name, x, filters):
    """tf.nn.batch_normalization in single operators, constants computing with constants."""
    g.vector(f"{name}/moving_variance", filters, 0.5, 1.5)
    g.const(f"{name}/moving_mean", g.random.uniform(-0.2, 0.2, (1, 1, 1, filters)).astype(np.float64).astype(np.float32))
    g.const(f"{name}/gamma", g.random.uniform(0.8, 1.2, filters).astype(np.float16).astype(np.float64))
    g.const(f"{name}/beta", Listed(g.random.uniform(-0.2, 0.2, filters).astype(np.float16)))
    g.const(f"{name}/batchnorm/add/y", 0.001)
    g.add(f"{name}/batchnorm/add", "Add", [f"{name}/moving_variance", f"{name}/batchnorm/add/y"])
    g.add(f"{name}/batchnorm/Rsqrt", "Rsqrt", [f"{name}/batchnorm/add"])
    g.add(f"{name}/batchnorm/mul", "Mul", [f"{name}/batchnorm/Rsqrt", f"{name}/gamma"])
    g.add(f"{name}/batchnorm/mul_1", "Mul", [x, f"{name}/batchnorm/mul"])
    g.add(f"{name}/batchnorm/mul_2", "Mul", [f"{name}/moving_mean", f"{name}/batchnorm/mul"])
    g.add(f"{name}/batchnorm/sub", "Sub", [f"{name}/beta", f"{name}/batchnorm/mul_2"])
    return g.add(f"{name}/batchnorm/add_1", "AddV2", [f"{name}/batchnorm/mul_1", f"{name}/batchnorm/sub"])


def residual():
    """A residual network in single operators, with arithmetic between maps, inside a MetaGraphDef."""
    g = Graph(4)
    g.nodes.append(("Placeholder", "Placeholder", [], {"dtype": Type(1), "shape": Shape([1, 24, 28, 3])}))
    g.const("scale", np.array([[[[0.5, 1.0, 2.0]]]], np.float32))
    x = g.add("normalized", "RealDiv", ["Placeholder", "scale"])
    g.kernel("conv/weights", 3, 3, 3, 8)
    g.add("conv/Conv2D", "Conv2D", [x, "conv/weights"], strides=[1, 2, 2, 1], padding="SAME")
    x = g.add("conv/Relu", "Relu", [unfused(g, "conv/BatchNorm", "conv/Conv2D", 8)])
    g.kernel("block/weights", 3, 3, 8, 8)
    g.add("block/Conv2D", "Conv2D", [x, "block/weights"], strides=[1, 1, 1, 1], padding="SAME")
    g.const("block/scale", 0.17)
    g.add("block/mul", "Mul", ["block/scale", "block/Conv2D"])
    x = g.add("block/add", "AddV2", [x, "block/mul"])
    g.add("gate/squeeze", "Mean", [x, g.const("gate/axes", Listed(np.array([1, 2], np.int64)))], keep_dims=False)
    g.kernel("gate/weights", 8, 8)
    g.add("gate/MatMul", "MatMul", ["gate/squeeze", "gate/weights"], transpose_a=False, transpose_b=True)
    g.add("gate/expand", "ExpandDims", ["gate/MatMul", g.ints("gate/dim", 1)])
    g.add("gate/expand_1", "ExpandDims", ["gate/expand", g.ints("gate/dim_1", 1)])
    g.const("leak", 0.1)
    g.add("leaky/mul", "Mul", [g.add("gated", "Mul", [x, "gate/expand_1"]), "leak"])
    x = g.add("leaky", "Maximum", ["gated", "leaky/mul"])
    g.add("average", "Mean", [x, "gate/axes"], keep_dims=False)
    g.add("probabilities", "Softmax", [dense(g, "dense", "average", 8, 5)])
    return g, "Placeholder", "average", "leaky", "dense", [(24, 28)], {}


def plain(nodes):
    """The same graph without the spellings that OpenCV 4.6 does not know: versions of FusedBatchNorm, types other than
    float32, one value for a whole tensor, lists of floats, dilation (whose kernels get zeros between),
    transposed matrices."""
    transposed = {inputs[1] for _, operator, inputs, attributes in nodes if operator == "MatMul" and attributes.get("transpose_b")}
    dilated = {inputs[1] for _, operator, inputs, attributes in nodes if operator == "Conv2D" and "dilations" in attributes}
    for name, operator, inputs, attributes in nodes:
        value = attributes.get("value")
        value = value.array if isinstance(value, Listed) else np.full(value.shape, np.float32(value.value)) if isinstance(value, Splat) else value
        if name in dilated:
            spread = np.zeros((4, 4) + value.shape[2:], np.float32)
            spread[::3, ::3] = value
            value = spread
        value = value.T if name in transposed else value
        attributes = {k: v for k, v in attributes.items() if k not in ("dilations", "transpose_b")}
        if isinstance(value, np.ndarray) and value.dtype == np.float32:
            attributes = {"dtype": Type(1), "value": value}
        if isinstance(value, np.ndarray) and value.dtype in (np.float16, np.float64, np.int64):
            value = value.astype(np.int32 if value.dtype == np.int64 else np.float32)
            attributes = {"dtype": Type(3 if value.dtype == np.int32 else 1), "value": value}
        yield name, operator[:14] if operator.startswith("FusedBatchNorm") else operator, inputs, attributes


def opencv(g, case, names, expected):
    """True where OpenCV reads the graph and computes the same."""
    try:
        net = cv2.dnn.readNetFromTensorflow(np.frombuffer(graph_def(list(plain(g.nodes))), np.uint8))
        net.enableFusion(False)
        net.setInput(formula.image(*case))
        found = [net.forward(name) for name in names]
    except cv2.error as error:
        print("OpenCV:", str(error).strip().splitlines()[-1][:160])
        return False
    for name, y, x in zip(names, found, expected):
        apart = np.abs(y.reshape(-1) - x.reshape(-1)).max() / np.abs(x).max()
        assert apart < 1e-4, f"OpenCV computes '{name}' otherwise: {apart}"
    return True


def main():
    for build in (classify_image, inception5h, slim, residual):
        g, image_node, features, feature_map, logits, sizes, options = build()
        meta = build is residual
        data = meta_graph_def(g.nodes) if meta else graph_def(g.nodes)
        with open(os.path.join(FOLDER, f"{build.__name__}.{'meta' if meta else 'pb'}"), "wb") as file:
            file.write(data)
        cases = []
        for size in sizes:
            values = run(g.nodes, image_node, formula.image(*size).transpose(0, 2, 3, 1).astype(np.float64))
            stored = values[feature_map].transpose(0, 3, 1, 2)
            vector = values[features].reshape(-1)
            softmax = next(name for name, operator, _, _ in g.nodes if operator == "Softmax")
            agreed = image_node != "ResizeBilinear" and opencv(g, size, [features, softmax], [vector, values[softmax]])
            cases.append({"madeBy": "numpy" + (f", and OpenCV {cv2.__version__} agrees" if agreed else ""), "height": size[0], "width": size[1],
                          **{key: [float("%.7g" % v) for v in np.asarray(value).reshape(-1)]
                             for key, value in (("features", vector), ("featureMap", stored), ("logits", values[logits]))}})
            print(build.__name__, size, cases[-1]["madeBy"], len(data), "bytes")
        golden = {"features": features, "logits": logits, "imageSize": options.get("imageSize"), "cases": cases}
        with open(os.path.join(FOLDER, f"{build.__name__}.json"), "w", encoding="utf-8", newline="\n") as file:
            json.dump(golden, file)
            file.write("\n")


main()
