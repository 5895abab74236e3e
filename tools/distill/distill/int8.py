"""The target's matrix products in 8 bits on a processor, as the product itself runs them.

Weights are quantised per output row, activations per row by their own largest magnitude: what ``gpu-endpoints`` does,
so that the replies and the distributions learned from are those of the target as it is served. About twice as fast as
bfloat16.
"""

import copy
import pathlib
import warnings

import torch
from torch import nn


def sums_overflow() -> bool:
    """Whether this processor adds pairs of 8-bit products in 16 bits (no VNNI): then activations keep to 7 bits, as in the product."""
    info = pathlib.Path("/proc/cpuinfo")
    words = info.read_text().split() if info.exists() else []
    return not {"avx512_vnni", "avx_vnni"} & set(words)


REDUCED = sums_overflow()


def packed(weight: torch.Tensor):
    torch.backends.quantized.engine = "onednn"
    weight = weight.detach().float()
    scales = weight.abs().amax(1).div(127).clamp_min(1e-12)
    zeros = torch.zeros(len(scales), dtype=torch.int)
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", category=UserWarning)  # newer versions mean to take this type away
        quantised = torch.quantize_per_channel(weight, scales, zeros, 0, torch.qint8)
    return torch.ops.quantized.linear_prepack(quantised, None)


class ByteLinear(nn.Module):
    """A linear layer without bias; in and out in fp32."""

    def __init__(self, weight: torch.Tensor):
        super().__init__()
        self._weight = packed(weight)

    def forward(self, x):
        rows = x.reshape(-1, x.shape[-1])
        largest = rows.abs().amax(-1, keepdim=True).clamp_min(1e-30)
        y = torch.ops.quantized.linear_dynamic(rows / largest, self._weight, REDUCED) * largest
        return y.view(*x.shape[:-1], -1)


def in_bytes(model: nn.Module) -> nn.Module:
    """A copy of a Llama whose products run in 8 bits; embedding and norms stay in fp32."""
    twin = copy.deepcopy(model).float()
    twin.head = ByteLinear(twin.model.embed_tokens.weight if twin.lm_head is None else twin.lm_head.weight)
    twin.lm_head = None
    for module in list(twin.modules()):
        for name, child in list(module.named_children()):
            if isinstance(child, nn.Linear):
                setattr(module, name, ByteLinear(child.weight))
    return twin
