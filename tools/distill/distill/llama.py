"""A Llama forward pass small enough to read, used for both the target and the draft.

Parameter names and the rotary convention (``rotate_half``) are those of the usual checkpoint format, so that a
``state_dict`` can be written to safetensors as it is.
"""

from dataclasses import dataclass

import torch
import torch.nn.functional as F
from torch import nn


@dataclass(frozen=True)
class LlamaConfig:
    """Shape of a Llama model."""

    vocab_size: int
    hidden_size: int
    intermediate_size: int
    num_hidden_layers: int
    num_attention_heads: int
    num_key_value_heads: int
    head_dim: int
    rope_theta: float
    rms_norm_eps: float = 1e-5
    max_position_embeddings: int = 8192
    tied: bool = True  # the output head is the embedding


class RmsNorm(nn.Module):
    """Root-mean-square normalisation, computed in fp32 whatever the weights are."""

    def __init__(self, size: int, eps: float):
        super().__init__()
        self.weight = nn.Parameter(torch.ones(size))
        self.eps = eps

    def forward(self, x):
        wide = x.float()
        scale = torch.rsqrt(wide.pow(2).mean(-1, keepdim=True) + self.eps)
        return (wide * scale * self.weight.float()).to(x.dtype)


def rope_tables(positions, head_dim: int, theta: float):
    """Cosines and sines, each ``positions.shape + (head_dim,)``, in fp32."""
    inverse = theta ** (-torch.arange(0, head_dim, 2, device=positions.device).float() / head_dim)
    angles = positions.float()[..., None] * inverse
    angles = torch.cat([angles, angles], dim=-1)
    return angles.cos(), angles.sin()


def rotate(x, cos, sin):
    """Rotates ``x`` [batch, heads, time, head_dim] by tables [batch or 1, 1, time, head_dim]."""
    first, second = x.chunk(2, dim=-1)
    return x * cos + torch.cat([-second, first], dim=-1) * sin


def causal(q, k, v):
    """Plain causal attention; keys and values have fewer heads than the queries.

    Written out: for the short sequences of training this takes half the time of the fused kernel on a processor.
    """
    batch, heads, time, width = q.shape
    groups = batch * k.shape[1]
    share = heads // k.shape[1]
    mask = torch.full((time, time), float("-inf"), dtype=q.dtype, device=q.device).triu(1).repeat(share, 1)
    queries = q.reshape(groups, share * time, width)
    scores = torch.baddbmm(mask, queries, k.reshape(groups, time, width).transpose(1, 2), alpha=width**-0.5)
    return torch.bmm(scores.softmax(-1), v.reshape(groups, time, width)).view(batch, heads, time, width)


class Attention(nn.Module):
    """Grouped-query attention with rotary positions."""

    def __init__(self, config: LlamaConfig):
        super().__init__()
        self.heads, self.kv_heads = config.num_attention_heads, config.num_key_value_heads
        self.head_dim = config.head_dim
        self.q_proj = nn.Linear(config.hidden_size, self.heads * self.head_dim, bias=False)
        self.k_proj = nn.Linear(config.hidden_size, self.kv_heads * self.head_dim, bias=False)
        self.v_proj = nn.Linear(config.hidden_size, self.kv_heads * self.head_dim, bias=False)
        self.o_proj = nn.Linear(self.heads * self.head_dim, config.hidden_size, bias=False)

    def _split(self, x, heads):
        return x.view(x.shape[0], x.shape[1], heads, self.head_dim).transpose(1, 2)

    def forward(self, x, rope, store):
        """``store`` is ``None`` for plain causal attention over ``x``, else one of ``cache.py``."""
        cos, sin = rope
        q = rotate(self._split(self.q_proj(x), self.heads), cos, sin)
        k = rotate(self._split(self.k_proj(x), self.kv_heads), cos, sin)
        v = self._split(self.v_proj(x), self.kv_heads)
        mixed = causal(q, k, v) if store is None else store.attend(q, k, v)
        return self.o_proj(mixed.transpose(1, 2).reshape(x.shape[0], x.shape[1], -1))


class Mlp(nn.Module):
    """The gated feed-forward block."""

    def __init__(self, config: LlamaConfig):
        super().__init__()
        self.gate_proj = nn.Linear(config.hidden_size, config.intermediate_size, bias=False)
        self.up_proj = nn.Linear(config.hidden_size, config.intermediate_size, bias=False)
        self.down_proj = nn.Linear(config.intermediate_size, config.hidden_size, bias=False)

    def forward(self, x):
        return self.down_proj(F.silu(self.gate_proj(x)) * self.up_proj(x))


class Layer(nn.Module):
    """One decoder layer."""

    def __init__(self, config: LlamaConfig):
        super().__init__()
        self.self_attn = Attention(config)
        self.mlp = Mlp(config)
        self.input_layernorm = RmsNorm(config.hidden_size, config.rms_norm_eps)
        self.post_attention_layernorm = RmsNorm(config.hidden_size, config.rms_norm_eps)

    def forward(self, x, rope, store):
        x = x + self.self_attn(self.input_layernorm(x), rope, store)
        return x + self.mlp(self.post_attention_layernorm(x))


class Body(nn.Module):
    """Embedding, layers and the final norm: everything but the head."""

    def __init__(self, config: LlamaConfig, embedded: int):
        super().__init__()
        self.embed_tokens = nn.Embedding(embedded, config.hidden_size)
        self.layers = nn.ModuleList([Layer(config) for _ in range(config.num_hidden_layers)])
        self.norm = RmsNorm(config.hidden_size, config.rms_norm_eps)


class Llama(nn.Module):
    """``hidden`` gives the final states, ``logits`` applies the head to them.

    ``embedded`` and ``proposed``: rows of the embedding and of the head if not the whole vocabulary's.
    """

    def __init__(self, config: LlamaConfig, embedded: int | None = None, proposed: int | None = None):
        super().__init__()
        self.config = config
        self.model = Body(config, embedded or config.vocab_size)
        rows = proposed or config.vocab_size
        self.lm_head = None if config.tied else nn.Linear(config.hidden_size, rows, bias=False)
        self.head = None  # replaced where the products run in 8 bits

    def hidden(self, ids, positions=None, stores=None):
        """Final normed states [batch, time, hidden] of token ids [batch, time]."""
        if positions is None:
            positions = torch.arange(ids.shape[1], device=ids.device)[None]
        x = self.model.embed_tokens(ids)
        cos, sin = rope_tables(positions, self.config.head_dim, self.config.rope_theta)
        rope = (cos[:, None].to(x.dtype), sin[:, None].to(x.dtype))
        for index, layer in enumerate(self.model.layers):
            x = layer(x, rope, stores[index] if stores is not None else None)
        return self.model.norm(x)

    def logits(self, hidden):
        """Logits over the whole vocabulary."""
        if self.head is not None:
            return self.head(hidden)
        return F.linear(hidden, self.model.embed_tokens.weight if self.lm_head is None else self.lm_head.weight)
