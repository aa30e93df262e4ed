"""Runs graphs of graphdef.py in numpy, in TensorFlow's own layout (NHWC) and by TensorFlow's published rules: an implementation
independent of the converter's, which stores channels first and leaves the arithmetic to ONNX Runtime."""
import numpy as np

from graphdef import Listed, Splat, Text


def constant(value):
    if isinstance(value, Text):
        return value.value
    if isinstance(value, Splat):
        return np.full(value.shape, value.value, np.float32)
    return value.array if isinstance(value, Listed) else value


def window(x, kernel, strides, padding, fill, dilations=(1, 1)):
    """Patches [N, h, w, kh, kw, C], padded by TensorFlow's rule: SAME puts the odd row or column last."""
    spans = [(k - 1) * d + 1 for k, d in zip(kernel, dilations)]
    pads = []
    for size, span, stride in zip(x.shape[1:3], spans, strides):
        total = max((-(-size // stride) - 1) * stride + span - size, 0) if padding == "SAME" else 0
        pads.append((total // 2, total - total // 2))
    x = np.pad(x, [(0, 0)] + pads + [(0, 0)], constant_values=fill)
    rows, columns = [(size - span) // stride + 1 for size, span, stride in zip(x.shape[1:3], spans, strides)]
    out = np.empty((x.shape[0], rows, columns) + tuple(kernel) + (x.shape[3],), np.float64)
    for i in range(kernel[0]):
        for j in range(kernel[1]):
            top, left = i * dilations[0], j * dilations[1]
            out[:, :, :, i, j] = x[:, top:top + rows * strides[0]:strides[0], left:left + columns * strides[1]:strides[1]][:, :rows, :columns]
    return out


def normalize(x, mean, variance, epsilon, gamma, beta):
    return (x - mean) / np.sqrt(variance + epsilon) * gamma + beta


def lrn(x, a):
    r = a["depth_radius"]
    squares = np.pad(x * x, [(0, 0)] * 3 + [(r, r)])
    total = sum(squares[..., i:i + x.shape[3]] for i in range(2 * r + 1))
    return x / (a["bias"] + a["alpha"] * total) ** a["beta"]


def softmax(x):
    e = np.exp(x - x.max(-1, keepdims=True))
    return e / e.sum(-1, keepdims=True)


def evaluate(operator, x, a):
    strides = tuple(a.get("strides", [1, 1, 1, 1])[1:3])
    padding = a.get("padding")
    if operator == "Conv2D":
        dilations = tuple(a.get("dilations", [1, 1, 1, 1])[1:3])
        return np.einsum("nhwijc,ijco->nhwo", window(x[0], x[1].shape[:2], strides, padding, 0, dilations), x[1], optimize=True)
    if operator == "DepthwiseConv2dNative":
        y = np.einsum("nhwijc,ijcm->nhwcm", window(x[0], x[1].shape[:2], strides, padding, 0), x[1], optimize=True)
        return y.reshape(y.shape[:3] + (-1,))
    if operator == "MaxPool":
        return window(x[0], a["ksize"][1:3], strides, padding, -np.inf).max((3, 4))
    if operator == "AvgPool":
        return np.nanmean(window(x[0], a["ksize"][1:3], strides, padding, np.nan), (3, 4))
    if operator == "BatchNormWithGlobalNormalization":
        return normalize(x[0], x[1], x[2], a["variance_epsilon"], x[4] if a["scale_after_normalization"] else 1, x[3])
    if operator.startswith("FusedBatchNorm"):
        return normalize(x[0], x[3], x[4], a["epsilon"], x[1], x[2])
    simple = {
        "Identity": lambda: x[0], "CheckNumerics": lambda: x[0], "Relu": lambda: np.maximum(x[0], 0),
        "Relu6": lambda: np.clip(x[0], 0, 6), "Rsqrt": lambda: 1 / np.sqrt(x[0]), "LRN": lambda: lrn(x[0], a),
        "Add": lambda: x[0] + x[1], "AddV2": lambda: x[0] + x[1], "BiasAdd": lambda: x[0] + x[1], "Sub": lambda: x[0] - x[1],
        "Mul": lambda: x[0] * x[1], "RealDiv": lambda: x[0] / x[1], "Maximum": lambda: np.maximum(x[0], x[1]),
        "Concat": lambda: np.concatenate(x[1:], int(x[0])), "ConcatV2": lambda: np.concatenate(x[:-1], int(x[-1])),
        "Pad": lambda: np.pad(x[0], x[1]), "Mean": lambda: x[0].mean(tuple(np.atleast_1d(x[1])), keepdims=a.get("keep_dims", False)),
        "Reshape": lambda: x[0].reshape([len(x[0])] + [int(d) for d in x[1][1:]] if x[0].ndim > 1 else x[1]),
        "Squeeze": lambda: x[0].squeeze(tuple(a["squeeze_dims"])), "ExpandDims": lambda: np.expand_dims(x[0], int(x[1])),
        "MatMul": lambda: x[0] @ (x[1].T if a.get("transpose_b") else x[1]), "Softmax": lambda: softmax(x[0]),
    }
    return simple[operator]()


def run(nodes, image_node, image):
    """The value of every node from the one that the image stands for."""
    values = {image_node: image}
    for name, operator, inputs, attributes in nodes:
        if name in values:
            continue
        data = [i.removesuffix(":0") for i in inputs if not i.startswith("^")]
        if operator == "Const":
            values[name] = constant(attributes["value"])
        elif all(i in values for i in data):
            try:
                values[name] = evaluate(operator, [values[i] for i in data], attributes)
            except (KeyError, AttributeError):
                pass  # in front of the image, or an operator nobody asked for
    return values
