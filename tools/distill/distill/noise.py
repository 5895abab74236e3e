"""Seed-coupled sampling: target and draft pick with the same Gumbel noise.

The rule is that of Daliri, Musco and Suresh (arXiv 2408.07978): the token at a position is the argmax of
``log p / temperature + G`` where G depends on (seed, position, token) alone. The generator here is torch's, not
the production one: acceptance depends on the noise being common, not on its source.
"""

import random

import torch

MIX = 0x9E3779B97F4A7C15
MASK = (1 << 63) - 1


def gumbel(seed: int, position: int, size: int) -> torch.Tensor:
    """Noise of one position, fp32 [size]; the same for the same (seed, position)."""
    generator = torch.Generator().manual_seed(((seed + 1) * MIX + position * 0x2545F4914F6CDD1D) & MASK)
    uniform = torch.rand(size, generator=generator).clamp_(1e-20, 1 - 1e-7)
    return uniform.log_().neg_().log_().neg_()


def pick(logits: torch.Tensor, temperature: float, seed: int, position: int) -> int:
    """The coupled choice from logits [vocabulary]; temperature 0 is plain argmax."""
    if temperature == 0:
        return int(logits.argmax())
    noise = gumbel(seed, position, logits.shape[-1]).to(logits.device)
    return int((logits / temperature + noise).argmax())


def share(seed: int, position: int) -> float:
    """A share in 0..1 for a plain sample at a position; always the same for the same (seed, position)."""
    return random.Random(f"{seed} {position}").random()


def draw(logits: torch.Tensor, temperature: float, part: float) -> int:
    """A plain sample from logits [vocabulary], for text that is only learned from; cheaper than :func:`pick`.

    It is the token at share ``part`` of the cumulated probabilities.
    """
    sums = (logits / temperature).softmax(0).cumsum(0)
    return min(int(torch.searchsorted(sums, part * sums[-1])), len(logits) - 1)
