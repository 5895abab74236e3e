"""Acceptance: how often the draft guesses the target's next token, given the target's own text."""

from dataclasses import asdict, dataclass

import torch

from .noise import gumbel


DRAFT_TOKENS = 4


@dataclass(frozen=True)
class Acceptance:
    """Shares in 0..1. ``by_prompt`` averages over prompts, ``by_token`` over reply tokens.

    ``tokens_per_pass`` is what speculative decoding with ``DRAFT_TOKENS`` draft tokens a round would emit for each
    target pass. It follows from the hits alone: a draft token is drafted on the target's own text until one misses.
    """

    temperature: float
    prompts: int
    tokens: int
    by_token: float
    by_prompt: float
    tokens_per_pass: float

    def as_dict(self):
        return asdict(self)


@torch.inference_mode()
def acceptance(draft, samples: list, temperature: float) -> Acceptance:
    """Over the samples that the target wrote at ``temperature``.

    At 0 both pick their argmax. Above, the sample was itself drawn with the coupled noise of (seed, position), so
    the draft's guess is right iff its own coupled pick is the token that stands in the text.
    """
    chosen = [s for s in samples if s.temperature == temperature]
    if not chosen:
        raise ValueError(f"no samples at temperature {temperature}")
    hits = [_hits(draft, sample) for sample in chosen]
    tokens = sum(len(h) for h in hits)
    shares = [sum(h) / len(h) for h in hits]
    return Acceptance(
        temperature=temperature,
        prompts=len(hits),
        tokens=tokens,
        by_token=sum(sum(h) for h in hits) / tokens,
        by_prompt=sum(shares) / len(shares),
        tokens_per_pass=tokens / sum(target_passes(h, DRAFT_TOKENS) for h in hits),
    )


def target_passes(hits: list, draft_tokens: int) -> int:
    """Rounds needed for a reply: each emits the accepted draft tokens and one token of the target's own."""
    passes, position = 0, 0
    while position < len(hits):
        accepted = 0
        while accepted < draft_tokens and position < len(hits) and hits[position]:
            accepted += 1
            position += 1
        position += 1
        passes += 1
    return passes


def _hits(draft, sample) -> list:
    """For each reply token whether the draft guessed it."""
    device = draft.model.embed_tokens.weight.device
    ids = torch.from_numpy(sample.ids).long().to(device)
    hidden = draft.hidden(ids[None, :-1])[0, sample.prompt_length - 1 :]
    logits = draft.logits(hidden).float()
    if sample.temperature > 0:
        logits = logits / sample.temperature
        for row in range(len(logits)):
            logits[row] += gumbel(sample.seed, sample.prompt_length + row, logits.shape[-1]).to(device)
    return (logits.argmax(-1) == ids[sample.prompt_length :]).tolist()
