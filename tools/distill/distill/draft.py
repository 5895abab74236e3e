"""The draft: a few layers that read the whole vocabulary and propose its frequent part; how it starts."""

from dataclasses import dataclass, replace

import torch
from torch import nn

from .copies import first_trust, with_copies
from .llama import Llama, LlamaConfig
from .start import kept_neurons, lens, projected_embedding, states_of
from .vocabulary import DraftVocabulary, columns_of, token_weights

STATE_SAMPLES = 64  # replies from which the target's states and neurons are judged


@dataclass(frozen=True)
class DraftShape:
    """Sizes of the draft. With ``copied`` it starts from these layers of the target and has the target's widths.

    ``inner`` is the feed-forward width; copied layers keep their most used neurons. Without ``copied`` the layers are
    random, and ``hidden`` and the heads say how wide.
    """

    copied: tuple = (0, 1, 2)
    inner: int | None = None
    proposals: int = 6144
    embedded: int = 17408
    hidden: int = 256
    layers: int = 6
    heads: int = 4
    kv_heads: int = 4
    head_dim: int = 64

    def config(self, target: LlamaConfig) -> LlamaConfig:
        if self.copied:
            inner = min(self.inner or target.intermediate_size, target.intermediate_size)
            return replace(target, num_hidden_layers=len(self.copied), intermediate_size=inner, tied=False)
        return replace(
            target,
            hidden_size=self.hidden,
            intermediate_size=self.inner or 3 * self.hidden,
            num_hidden_layers=self.layers,
            num_attention_heads=self.heads,
            num_key_value_heads=self.kv_heads,
            head_dim=self.head_dim,
            tied=False,
        )


class Draft(Llama):
    """Takes token ids of the target; column ``i`` of its logits is the token ``proposals[i]``.

    The embedding holds the frequent tokens only: ``rows`` gives the row of each token of the target.
    """

    def __init__(self, config: LlamaConfig, vocabulary: DraftVocabulary, copy_temperature: float):
        super().__init__(config, embedded=len(vocabulary.embedded), proposed=len(vocabulary.proposals))
        for name in ("proposals", "embedded", "rows"):
            self.register_buffer(name, getattr(vocabulary, name).clone(), persistent=False)
        self.copy_trust = nn.Parameter(first_trust())
        self.copy_temperature = copy_temperature

    @property
    def columns(self):
        """[target's vocabulary]: the logit's column of each token, -1 if it is never proposed."""
        return columns_of(self.proposals, len(self.rows))

    def copied(self, logits, columns, lengths, shift: float = 0.0):
        """Logits with the copy mixed in; see :func:`~.copies.with_copies`."""
        return with_copies(logits, columns, lengths, self.copy_trust + shift, self.copy_temperature)

    def hidden(self, ids, positions=None, stores=None):
        return super().hidden(self.rows[ids], positions, stores)


def empty_draft(shape: DraftShape, target: LlamaConfig, vocabulary: DraftVocabulary, temperature: float) -> Draft:
    """With weights to be overwritten; ``temperature`` is the one at which copies are mixed in."""
    return Draft(shape.config(target), vocabulary, temperature)


@torch.no_grad()
def new_draft(shape: DraftShape, target, samples: list, vocabulary: DraftVocabulary, settings) -> Draft:
    """An untrained draft.

    Copied layers are followed by the linear map that brings their states closest to the target's last ones; it is put
    into the head, so that the draft begins as the best linear early exit of the target.
    """
    torch.manual_seed(settings.seed)
    draft = empty_draft(shape, target.model.config, vocabulary, settings.train.temperature)
    if shape.copied:
        embedding = target.model.model.embed_tokens.weight.float()
        head = embedding if target.model.lm_head is None else target.model.lm_head.weight.float()
        _copy_layers(draft, target, shape, samples[:STATE_SAMPLES])
    else:
        _random_layers(draft)
        states = states_of(target.model, samples[:STATE_SAMPLES])
        embedding = target.model.model.embed_tokens.weight
        embedding = projected_embedding(embedding, states, token_weights(samples, len(embedding)), shape.hidden)
        head = embedding
    draft.model.embed_tokens.weight.copy_(embedding[vocabulary.embedded])
    draft.lm_head.weight.copy_(head[vocabulary.proposals])
    if shape.copied and settings.lens_samples:
        draft.lm_head.weight.copy_(draft.lm_head.weight @ lens(draft, target, samples[: settings.lens_samples]).T)
    return draft


def _copy_layers(draft: Draft, target, shape: DraftShape, samples: list):
    draft.model.norm.load_state_dict(target.model.model.norm.state_dict())
    kept = None
    if shape.inner and shape.inner < target.model.config.intermediate_size:
        kept = kept_neurons(target, samples, shape.copied, shape.inner)
    for index, source in enumerate(shape.copied):
        state = {name: value.float() for name, value in target.model.model.layers[source].state_dict().items()}
        if kept is not None:
            for part in ("gate_proj", "up_proj"):
                state[f"mlp.{part}.weight"] = state[f"mlp.{part}.weight"][kept[index]]
            state["mlp.down_proj.weight"] = state["mlp.down_proj.weight"][:, kept[index]]
        draft.model.layers[index].load_state_dict(state)


def _random_layers(draft: Draft):
    """Small random layers that at first add almost nothing."""
    depth = (2 * draft.config.num_hidden_layers) ** -0.5
    for name, parameter in draft.model.layers.named_parameters():
        if parameter.dim() > 1:
            final = name.endswith(("o_proj.weight", "down_proj.weight"))
            nn.init.normal_(parameter, 0, parameter.shape[1] ** -0.5 * (depth if final else 1.0))
