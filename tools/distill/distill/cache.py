"""Key/value storage for batched generation: one slot per conversation, refilled when it ends."""

import torch

from .llama import causal


class Capture:
    """Used while reading a prompt: plain causal attention that keeps the keys and values."""

    def attend(self, q, k, v):
        self.keys, self.values = k, v
        return causal(q, k, v)


class LayerSlots:
    """One layer's cache, [slots, kv_heads, capacity, head_dim]; each slot has its own length."""

    def __init__(self, slots: int, capacity: int, config, like: torch.Tensor):
        shape = (slots, config.num_key_value_heads, capacity, config.head_dim)
        self.keys = like.new_zeros(shape)
        self.values = like.new_zeros(shape)

    def attend(self, q, k, v):
        """One new position per slot; ``step`` was set by :meth:`SlotCache.begin_step`."""
        rows, positions, mask = self.step
        stored = self.keys.dtype
        self.keys[rows, :, positions] = k[:, :, 0].to(stored)
        self.values[rows, :, positions] = v[:, :, 0].to(stored)
        batch, heads, _, head_dim = q.shape
        kv_heads = k.shape[1]
        grouped = (q.view(batch, kv_heads, heads // kv_heads, head_dim) * head_dim**-0.5).to(stored)
        scores = grouped @ self.keys.transpose(-1, -2) + mask
        mixed = scores.float().softmax(-1).to(stored) @ self.values
        return mixed.view(batch, heads, 1, head_dim).to(q.dtype)


class SlotCache:
    """All layers' slots; in bfloat16 if the model's products run in 8 bits."""

    def __init__(self, slots: int, capacity: int, model):
        weight = model.model.embed_tokens.weight
        like = weight.new_zeros(0, dtype=weight.dtype if model.head is None else torch.bfloat16)
        config = model.config
        self.layers = [LayerSlots(slots, capacity, config, like) for _ in range(config.num_hidden_layers)]
        self._rows = torch.arange(slots, device=like.device)
        self._like = like

    def fill(self, slots: list, captures: list):
        """Copies prompts just read (batch order = ``slots`` order) into their slots."""
        index = torch.tensor(slots, device=self._rows.device)
        for layer, capture in zip(self.layers, captures):
            length = capture.keys.shape[2]
            layer.keys[index, :, :length] = capture.keys.to(layer.keys.dtype)
            layer.values[index, :, :length] = capture.values.to(layer.values.dtype)

    def begin_step(self, positions: torch.Tensor):
        """Prepares one decoding step in which slot ``s`` writes at ``positions[s]`` and sees all up to it.

        Attention runs over the whole capacity: a slice of the cache would be copied by the batched product.
        """
        capacity = self.layers[0].keys.shape[2]
        hidden = torch.arange(capacity, device=positions.device)[None] > positions[:, None]
        mask = self._like.new_zeros(hidden.shape).masked_fill_(hidden, float("-inf"))[:, None, None]
        for layer in self.layers:
            layer.step = (self._rows, positions, mask)
