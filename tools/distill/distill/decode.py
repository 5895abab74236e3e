"""Decoding steps of a batch with everything between the matrix products in C++ (``decode.cpp``).

On a processor with AVX-512 and a C++ compiler a step takes about half as long as with torch's operators, most of which
spend their time on attention's many small products. Elsewhere torch's operators do the same.
"""

import ctypes
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import torch

from .int8 import packed

SOURCE = Path(__file__).with_name("decode.cpp")
WIDTH = 64  # of a head; the C++ knows no other
MOST_SHARED = 8  # query heads to a key/value head


def is_supported(config) -> bool:
    """Whether there are steps in C++ for a model of this shape on this machine."""
    share = config.num_attention_heads // config.num_key_value_heads
    return (
        config.head_dim == WIDTH
        and share <= MOST_SHARED
        and torch.backends.cpu.get_cpu_capability().startswith("AVX512")
        and shutil.which("g++") is not None
    )


def _library():
    """Compiles the source into a folder of its own, for this processor."""
    with tempfile.TemporaryDirectory(prefix="wanspec-distill-") as folder:
        compiled, linked = Path(folder) / "decode.o", Path(folder) / "decode.so"
        # Linked apart: with -ffast-math the linker would switch off small numbers for the whole process.
        _run("g++", "-c", "-O3", "-march=native", "-ffast-math", "-fPIC", "-o", compiled, SOURCE)
        _run("g++", "-shared", "-o", linked, compiled, "-lm")
        return ctypes.CDLL(str(linked))


def _run(*command):
    subprocess.run([str(part) for part in command], check=True, capture_output=True, text=True)


def _at(tensor, dtype=torch.float32):
    if not tensor.is_contiguous() or tensor.dtype != dtype:
        raise ValueError(f"the steps in C++ take contiguous {dtype}, was {tensor.dtype}")
    return ctypes.c_void_p(tensor.data_ptr())


def _sizes(*numbers):
    return [ctypes.c_int64(number) for number in numbers]


def fast_steps(model):
    """Decoding steps in C++ for a model whose weights are fp32 or bfloat16, or None where they cannot be had."""
    if not is_supported(model.config):
        return None
    try:
        return FastSteps(model, _library())
    except (OSError, subprocess.CalledProcessError) as failure:
        print(f"{SOURCE.name} could not be compiled, so that replies take twice as long: {failure}", file=sys.stderr)
        return None


class FastSteps:
    """One decoding step of all slots, and the choice of their tokens."""

    def __init__(self, model, library):
        self._library, self._config = library, model.config
        self._embedding = model.model.embed_tokens.weight.float()
        self._norm = _Norm(model.model.norm)
        self._layers = [_Layer(layer) for layer in model.model.layers]
        head = model.model.embed_tokens if model.lm_head is None else model.lm_head
        self._head = packed(head.weight)

    def logits(self, last, positions, cos, sin, layers):
        """Logits [slots, vocabulary] after token ids ``last`` [slots] at ``positions``; fills the cache ``layers``."""
        states = self._embedding[last]
        product, before = None, None
        for fast, stored in zip(self._layers, layers):
            rows, largest = self._add_norm(states, product, before, fast.input_norm)
            product = _multiply(rows, fast.qkv)
            rows, largest = self._attend(product, largest, cos, sin, positions, stored)
            product, before = _multiply(rows, fast.out), largest
            rows, largest = self._add_norm(states, product, before, fast.inner_norm)
            rows, largest = self._gate(_multiply(rows, fast.gate_up), largest)
            product, before = _multiply(rows, fast.down), largest
        rows, largest = self._add_norm(states, product, before, self._norm)
        return _multiply(rows, self._head).mul_(largest[:, None])

    def _add_norm(self, states, product, before, norm):
        rows, largest = torch.empty_like(states), states.new_empty(len(states))
        added = (None, None) if product is None else (_at(product), _at(before))
        self._library.add_norm(
            _at(states), *added, _at(norm.weight), ctypes.c_float(norm.eps), _at(rows), _at(largest),
            *_sizes(*states.shape),
        )  # fmt: skip
        return rows, largest

    def _attend(self, product, before, cos, sin, positions, stored):
        config = self._config
        rows = product.new_empty(len(product), config.num_attention_heads * WIDTH)
        largest = product.new_empty(len(product))
        shape = (len(product), config.num_attention_heads, config.num_key_value_heads, stored.keys.shape[2])
        self._library.attend(
            _at(product), _at(before), _at(cos), _at(sin), _at(stored.keys, torch.bfloat16),
            _at(stored.values, torch.bfloat16), _at(positions, torch.int64),
            _at(rows), _at(largest), *_sizes(*shape),
        )  # fmt: skip
        return rows, largest

    def _gate(self, product, before):
        inner = product.shape[1] // 2
        rows, largest = product.new_empty(len(product), inner), product.new_empty(len(product))
        self._library.gate(_at(product), _at(before), _at(rows), _at(largest), *_sizes(len(product), inner))
        return rows, largest

    def choose(self, logits, temperatures, shares, count: int):
        """Highest ``count`` (values, ids), log-sum-exp and chosen token of each row; ``shares`` in 0..1 draw it."""
        rows, count = len(logits), min(count, logits.shape[1])
        ids, values = torch.empty(rows, count, dtype=torch.int32), logits.new_empty(rows, count)
        total, tokens = logits.new_empty(rows), torch.empty(rows, dtype=torch.int32)
        temperatures, shares = torch.tensor(temperatures), torch.tensor(shares)
        self._library.choose(
            _at(logits), _at(temperatures), _at(shares), _at(ids, torch.int32), _at(values), _at(total),
            _at(tokens, torch.int32),
            *_sizes(rows, logits.shape[1], count),
        )  # fmt: skip
        return values, ids, total, tokens


class _Norm:
    """A norm's weight in fp32."""

    def __init__(self, norm):
        self.weight, self.eps = norm.weight.detach().float(), norm.eps


class _Layer:
    """One layer's weights, with the products that read the same rows made one."""

    def __init__(self, layer):
        attention, mlp = layer.self_attn, layer.mlp
        self.input_norm, self.inner_norm = _Norm(layer.input_layernorm), _Norm(layer.post_attention_layernorm)
        self.qkv = packed(torch.cat([p.weight for p in (attention.q_proj, attention.k_proj, attention.v_proj)]))
        self.out = packed(attention.o_proj.weight)
        self.gate_up = packed(torch.cat([mlp.gate_proj.weight, mlp.up_proj.weight]))
        self.down = packed(mlp.down_proj.weight)


def _multiply(rows, weight):
    return torch.ops.quantized.linear_dynamic(rows, weight)
