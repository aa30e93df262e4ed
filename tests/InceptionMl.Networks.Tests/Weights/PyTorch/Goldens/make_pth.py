"""Small files in PyTorch's two forms; every tensor that is not told otherwise holds the formula's values for its name.

usage: make_pth.py FOLDER      (Debian: python3-torch)
"""
import collections
import os
import sys

import numpy as np
import torch

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "..", "Goldens"))
import formula  # noqa: E402


def filled(name, *shape):
    return torch.from_numpy(formula.hashed(name, int(np.prod(shape))).astype(np.float32).reshape(shape))


def tensors():
    state = collections.OrderedDict()
    state["float32"] = filled("float32", 2, 3, 1, 2)
    state["float16"] = filled("float16", 5).half()
    state["bfloat16"] = filled("bfloat16", 5).bfloat16()
    state["float64"] = filled("float64", 5).double()
    state["int64"] = torch.tensor(-7)
    state["int32"] = torch.tensor([1, -2], dtype=torch.int32)
    state["int16"] = torch.tensor([3, -4], dtype=torch.int16)
    state["int8"] = torch.tensor([5, -6], dtype=torch.int8)
    state["uint8"] = torch.tensor([7, 200], dtype=torch.uint8)
    state["bool"] = torch.tensor([True, False])
    state["parameter"] = torch.nn.Parameter(filled("parameter", 3))
    state["transposed"] = filled("transposed", 6, 8)[1:4, 2:7].t()
    state["channels_last"] = filled("channels_last", 2, 3, 4, 5).contiguous(memory_format=torch.channels_last)
    state["tied_a"] = filled("tied", 4)
    state["tied_b"] = state["tied_a"]
    state["empty"] = torch.zeros(0, 3)
    state._metadata = collections.OrderedDict([("", {"version": 1})])
    return state


def main(folder):
    torch.save(tensors(), os.path.join(folder, "small-zip.pth"))
    torch.save(tensors(), os.path.join(folder, "small-legacy.pth"), _use_new_zipfile_serialization=False)
    torch.save(tensors(), os.path.join(folder, "small-protocol4.pth"), pickle_protocol=4)
    checkpoint = {"epoch": 3, "best": 0.5, "arch": "net", "state_dict": tensors()}
    torch.save(checkpoint, os.path.join(folder, "checkpoint.pth"))


if __name__ == "__main__":
    main(sys.argv[1])
