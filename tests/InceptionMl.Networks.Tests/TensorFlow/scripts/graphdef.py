"""TensorFlow GraphDef messages written byte by byte, by the field numbers of the published definitions; no TensorFlow needed.

A graph is a list of nodes (name, operator, inputs, attributes); attributes are Python values:
  "text" or bytes -> s, Type(n) -> type, bool -> b, int -> i, float -> f, list of int -> list(i), Shape([...]) -> shape,
  numpy array -> tensor with tensor_content, Listed(array) -> tensor with typed values, Splat(shape, value) -> one value,
  b"..." inside Text(...) -> a string tensor.
"""
import struct

import numpy as np


class Type(int):
    pass


class Shape(list):
    pass


class Listed:
    def __init__(self, array):
        self.array = array


class Splat:
    def __init__(self, shape, value):
        self.shape, self.value = shape, value


class Text:
    def __init__(self, value):
        self.value = value


DTYPES = {"float32": 1, "float64": 2, "int32": 3, "int64": 9, "float16": 19}


def varint(n):
    n &= (1 << 64) - 1
    out = b""
    while True:
        out += bytes([(n & 127) | (128 if n > 127 else 0)])
        n >>= 7
        if not n:
            return out


def number(field, n):
    return varint(field << 3) + varint(int(n))


def block(field, data):
    return varint(field << 3 | 2) + varint(len(data)) + data


def shape(dims):
    return b"".join(block(2, number(1, d)) for d in dims)


def listed(array):
    flat = array.ravel()
    kind = array.dtype.name
    if kind == "float32":
        return block(5, flat.astype("<f4").tobytes())
    if kind == "float64":
        return block(6, flat.astype("<f8").tobytes())
    if kind == "float16":
        return block(13, b"".join(varint(int(v)) for v in flat.view(np.uint16)))
    # unpacked on purpose: both forms are valid
    return b"".join(number({"int32": 7, "int64": 10}[kind], v) for v in flat)


def tensor(value):
    if isinstance(value, Text):
        return number(1, 7) + block(2, b"") + block(8, value.value)
    if isinstance(value, Splat):
        return number(1, 1) + block(2, shape(value.shape)) + varint(5 << 3 | 5) + struct.pack("<f", value.value)
    array = value.array if isinstance(value, Listed) else value
    head = number(1, DTYPES[array.dtype.name]) + block(2, shape(array.shape))
    return head + (listed(array) if isinstance(value, Listed) else block(4, np.ascontiguousarray(array).tobytes()))


def attribute(value):
    if isinstance(value, (np.ndarray, Listed, Splat, Text)):
        return block(8, tensor(value))
    if isinstance(value, Type):
        return number(6, value)
    if isinstance(value, Shape):
        return block(7, shape(value))
    if isinstance(value, bool):
        return number(5, value)
    if isinstance(value, int):
        return number(3, value)
    if isinstance(value, float):
        return varint(4 << 3 | 5) + struct.pack("<f", value)
    if isinstance(value, str):
        return block(2, value.encode())
    return block(1, block(3, b"".join(varint(v) for v in value)))


def node(name, operator, inputs, attributes):
    data = block(1, name.encode()) + block(2, operator.encode()) + b"".join(block(3, i.encode()) for i in inputs)
    return data + b"".join(block(5, block(1, k.encode()) + block(2, attribute(v))) for k, v in attributes.items())


def graph_def(nodes):
    return b"".join(block(1, node(*n)) for n in nodes) + block(4, number(1, 22))


def meta_graph_def(nodes):
    """A MetaGraphDef as tf.train.export_meta_graph lays it out: information, the graph, a saver."""
    operators = block(1, block(1, b"Conv2D")) + block(1, block(1, b"Relu"))
    information = block(2, operators) + block(4, b"serve") + block(5, b"1.15.0")
    return block(1, information) + block(2, graph_def(nodes)) + block(3, block(1, b"save/Const:0"))


class Graph:
    """Collects nodes; names are given in full, as TensorFlow would."""

    def __init__(self, seed):
        self.nodes = []
        self.random = np.random.RandomState(seed)

    def add(self, name, operator, inputs=(), **attributes):
        self.nodes.append((name, operator, list(inputs), {"T": Type(1), **attributes}))
        return name

    def const(self, name, value):
        if isinstance(value, float):
            value = np.array(value, np.float32)
        kind = DTYPES[value.dtype.name] if isinstance(value, np.ndarray) else DTYPES[value.array.dtype.name] if isinstance(value, Listed) else 1
        self.nodes.append((name, "Const", [], {"dtype": Type(7 if isinstance(value, Text) else kind), "value": value}))
        return name

    def ints(self, name, *values):
        return self.const(name, Listed(np.array(values if len(values) > 1 else values[0], np.int32)))

    def kernel(self, name, *dims):
        fan = np.prod(dims[:-1]) if len(dims) == 4 else dims[0]
        return self.const(name, (self.random.randn(*dims) * np.sqrt(2 / fan)).astype(np.float32))

    def vector(self, name, size, low, high):
        return self.const(name, self.random.uniform(low, high, size).astype(np.float32))
