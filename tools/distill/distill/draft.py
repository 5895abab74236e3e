"""The draft: its shape, and a start from the target's own embedding."""

from dataclasses import dataclass

import torch

from .llama import Llama, LlamaConfig

STATE_SAMPLES = 64  # replies from which the second moment of the target's states is taken


@dataclass(frozen=True)
class DraftShape:
    """Sizes of the draft; the vocabulary and rotary base are the target's."""

    hidden: int = 192
    intermediate: int = 512
    layers: int = 4
    heads: int = 3
    kv_heads: int = 3
    head_dim: int = 64

    def config(self, target: LlamaConfig) -> LlamaConfig:
        return LlamaConfig(
            vocab_size=target.vocab_size,
            hidden_size=self.hidden,
            intermediate_size=self.intermediate,
            num_hidden_layers=self.layers,
            num_attention_heads=self.heads,
            num_key_value_heads=self.kv_heads,
            head_dim=self.head_dim,
            rope_theta=target.rope_theta,
            rms_norm_eps=target.rms_norm_eps,
            max_position_embeddings=target.max_position_embeddings,
        )


@torch.no_grad()
def target_states(target, samples: list, rows: int = 8) -> torch.Tensor:
    """The target's final states [n, hidden], fp32, at the reply positions of samples."""
    device = target.model.model.embed_tokens.weight.device
    states = []
    for begin in range(0, len(samples), rows):
        batch = samples[begin : begin + rows]
        ids = torch.zeros(len(batch), max(len(s.ids) for s in batch), dtype=torch.long)
        for row, sample in enumerate(batch):
            ids[row, : len(sample.ids)] = torch.from_numpy(sample.ids)
        hidden = target.model.hidden(ids.to(device)).float().cpu()
        states += [hidden[row, s.prompt_length - 1 : len(s.ids) - 1] for row, s in enumerate(batch)]
    return torch.cat(states)


@torch.no_grad()
def projected_embedding(embedding, states, token_weights, size: int) -> torch.Tensor:
    """The ``size``-dimensional embedding whose logits come closest to the target's.

    With C the second moment of the target's final states, E C^(1/2) has plain inner products with whitened states;
    its leading right singular vectors (rows weighted by how often a token occurs) keep the most of the logits. The
    mean row is dropped first: a shift common to all logits changes no probability.
    """
    embedding, states = embedding.double().cpu(), states.double()
    weights = token_weights.double() / token_weights.sum()
    centred = embedding - weights @ embedding
    moment = states.T @ states / len(states)
    values, vectors = torch.linalg.eigh(moment)
    root = vectors * values.clamp(min=1e-9).sqrt() @ vectors.T
    scaled = centred @ root
    _, axes = torch.linalg.eigh(scaled.T @ (scaled * weights[:, None]))
    return (scaled @ axes[:, -size:]).float()


def token_weights(samples: list, vocab_size: int) -> torch.Tensor:
    """How much probability the target gave to each token over all samples, plus one."""
    weights = torch.ones(vocab_size)
    for sample in samples:
        probs = torch.from_numpy(sample.top_values.astype("float32") - sample.total[:, None]).exp()
        weights.index_add_(0, torch.from_numpy(sample.top_ids.reshape(-1)).long(), probs.reshape(-1))
    return weights


def new_draft(shape: DraftShape, target, samples: list, seed: int) -> Llama:
    """An untrained draft: projected embedding, small random layers that at first add almost nothing."""
    torch.manual_seed(seed)
    draft = Llama(shape.config(target.model.config))
    depth = (2 * shape.layers) ** -0.5
    for name, parameter in draft.named_parameters():
        if parameter.dim() < 2 or "embed_tokens" in name:
            continue
        spread = parameter.shape[1] ** -0.5
        final = name.endswith(("o_proj.weight", "down_proj.weight"))
        parameter.data.normal_(0, spread * (depth if final else 1.0))
    weights = token_weights(samples, draft.config.vocab_size)
    states = target_states(target, samples[:STATE_SAMPLES])
    embedding = projected_embedding(target.model.model.embed_tokens.weight, states, weights, shape.hidden)
    draft.model.embed_tokens.weight.data.copy_(embedding)
    return draft
