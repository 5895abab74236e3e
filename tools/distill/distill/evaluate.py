"""Acceptance: how often the draft guesses the target's next token, given the target's own text."""

from dataclasses import asdict, dataclass

import torch

from .batches import make_batch
from .copies import copies
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
    return summary([_hits(draft, sample) for sample in chosen], temperature)


def summary(hits: list, temperature: float) -> Acceptance:
    """``hits``: for each prompt the guesses, right or wrong, in order."""
    tokens = sum(len(h) for h in hits)
    return Acceptance(
        temperature=temperature,
        prompts=len(hits),
        tokens=tokens,
        by_token=sum(sum(h) for h in hits) / tokens,
        by_prompt=sum(sum(h) / len(h) for h in hits) / len(hits),
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
    tokens, lengths = (torch.from_numpy(x).to(device) for x in copies(sample.ids, sample.prompt_length))
    columns = torch.where(tokens < 0, -1, draft.columns[tokens])
    logits = draft.copied(draft.logits(hidden).float(), columns, lengths)
    guesses = torch.cat([draft.proposals, draft.proposals.new_zeros(1)]).repeat(len(logits), 1)
    guesses[:, -1] = tokens.clamp(min=0)
    if sample.temperature > 0:
        logits = logits / sample.temperature
        for row in range(len(logits)):
            noise = gumbel(sample.seed, sample.prompt_length + row, len(draft.rows))
            logits[row] += noise[guesses[row].cpu()].to(device)
    best = logits.argmax(-1, keepdim=True)
    return (guesses.gather(1, best)[:, 0] == ids[sample.prompt_length :]).tolist()


@torch.inference_mode()
def watch(draft, samples: list, columns, temperature: float, scale=1.0, shift=0.0, rows: int = 16) -> tuple:
    """Greedy acceptance over the greedy samples, and over the others the expected coupled one.

    Unlike :func:`acceptance` it needs no text drawn with the coupled noise: it follows from the two distributions. The
    target's is taken over the tokens that were kept of it. ``scale`` multiplies the draft's logits, ``shift`` is
    added to the log-odds of its copies.
    """
    greedy, coupled = [], []
    for begin in range(0, len(samples), rows):
        part = samples[begin : begin + rows]
        batch = make_batch(part, part[0].top_ids.shape[1], columns).to(draft.rows.device)
        with torch.autocast(draft.rows.device.type, torch.bfloat16):
            logits = scale * draft.logits(draft.hidden(batch.ids).flatten(0, 1)[batch.where]).float()
        logits = draft.copied(logits, batch.copies, batch.lengths, shift)
        unknown = batch.log_probs == float("-inf")
        wanted = torch.where(batch.top < 0, logits.shape[1] - 1, batch.top)
        is_greedy = torch.cat([torch.full((len(s.top_ids),), s.temperature == 0) for s in part])
        hits = ((logits.argmax(-1) == wanted[:, 0]) & ~unknown[:, 0]).float().cpu()
        greedy += hits[is_greedy].tolist()
        kept = torch.cat([torch.from_numpy(s.top_values.astype("float32")) for s in part])
        p = (kept / temperature).softmax(-1)
        q = (logits / temperature).softmax(-1).gather(1, wanted).masked_fill(unknown, 0).cpu()
        coupled += expected_coupled(p, q)[~is_greedy].tolist()
    return sum(greedy) / max(1, len(greedy)), sum(coupled) / max(1, len(coupled))


def expected_coupled(p, q):
    """How likely two argmaxes under the same Gumbel noise agree, for rows of distributions p and q.

    Token i is chosen by both with probability 1 / sum_j max(p_j / p_i, q_j / q_i). Columns need not be the whole
    vocabulary: what q gives to other tokens is counted as one token that p never gives.
    """
    rest = (1 - q.sum(-1)).clamp(min=0)
    agreed = torch.zeros(len(p))
    for i in range(p.shape[1]):
        p_i, q_i = p[:, i : i + 1].clamp(min=1e-9), q[:, i : i + 1].clamp(min=1e-9)
        total = torch.maximum(p / p_i, q / q_i).sum(-1) + rest / q_i[:, 0]
        agreed += (q[:, i] > 0) / total
    return agreed
