"""The copy: the token that followed where the text last read like its end, and how much it is trusted.

A draft of a few layers hardly learns to look things up in its own context; this does it without a product. The
distribution becomes (1 - a) q + a [copied token], where a depends on how many tokens agree: a pointer mixture (Merity et
al. 2016) over prompt lookup (Saxena 2023). ``gpu-endpoints`` computes the same.
"""

import numpy as np
import torch

LONGEST = 16  # tokens of agreement that are told apart
PLACES = 256  # the latest places of the last token that are looked at


def copies(ids: np.ndarray, begin: int) -> tuple:
    """For each place from ``begin`` on: the copied token (-1 if there is none) and how many tokens agree, 0..LONGEST.

    Of the latest ``PLACES`` places where the last token stood, the one with the longest agreement; of equals the latest.
    """
    tokens = np.full(len(ids) - begin, -1, dtype=np.int64)
    lengths = np.zeros(len(ids) - begin, dtype=np.int64)
    agreed = np.zeros(0, dtype=np.int64)  # [e - 1]: how many tokens before e agree with those before `end`
    for end in range(1, len(ids)):
        shifted = np.concatenate([np.zeros(1, dtype=np.int64), agreed])[: end - 1]
        agreed = np.where(ids[: end - 1] == ids[end - 1], shifted + 1, 0)
        if end < begin or end < 2:
            continue
        places = np.flatnonzero(agreed)[-PLACES:]
        if len(places):
            capped = np.minimum(agreed[places], LONGEST)
            best = len(places) - 1 - int(capped[::-1].argmax())
            tokens[end - begin], lengths[end - begin] = ids[places[best] + 1], capped[best]
    return tokens, lengths


def first_trust() -> torch.Tensor:
    """Where learning begins, as log-odds for each length; a length of 0 copies nothing."""
    return torch.tensor([-30.0] + [min(2.0, -2.0 + 0.6 * (n - 1)) for n in range(1, LONGEST + 1)])


def with_copies(logits, columns, lengths, trust, temperature: float):
    """Logits [n, proposals + 1] with the copy mixed in at ``temperature``, the one the draft was trained at.

    ``columns`` [n] of the copied tokens; -1 for one that is not proposed, which gets the last column to itself. With
    u = logits / temperature, mixing raises u of the copied token to log(e^u + odds * sum(e^u)) and leaves the others.
    """
    u = torch.cat([logits, torch.full_like(logits[:, :1], float("-inf"))], -1) / temperature
    place = torch.where(columns < 0, u.shape[1] - 1, columns)[:, None]
    added = u.logsumexp(-1, keepdim=True) + trust[lengths][:, None]
    added = added.masked_fill(lengths[:, None] == 0, float("-inf"))
    return u.scatter(1, place, torch.logaddexp(u.gather(1, place), added)) * temperature
