"""Which tokens the draft proposes, and which have an embedding of their own."""

from dataclasses import dataclass

import torch


@dataclass(frozen=True)
class DraftVocabulary:
    """Two parts of the target's vocabulary.

    ``proposals``: ascending ids of the tokens that the logits are about. ``embedded``: ascending ids of the tokens with
    an embedding of their own; ``rows`` [target's vocabulary] is the embedding row that stands for each token.
    """

    proposals: torch.Tensor
    embedded: torch.Tensor
    rows: torch.Tensor

    def columns(self) -> torch.Tensor:
        """[target's vocabulary]: the logit's column of each token, -1 if it is never proposed."""
        return columns_of(self.proposals, len(self.rows))


def columns_of(proposals: torch.Tensor, size: int) -> torch.Tensor:
    """[size]: the place of each token in ``proposals``, -1 if it is not there."""
    columns = torch.full((size,), -1, device=proposals.device)
    columns[proposals] = torch.arange(len(proposals), device=proposals.device)
    return columns


def token_weights(samples: list, vocab_size: int) -> torch.Tensor:
    """How much probability the target gave to each token over all replies.

    A token's id is about its rank in the target's own training text; a little weight by it orders the unseen.
    """
    weights = 0.1 / (1 + torch.arange(vocab_size) / 1000)
    for sample in samples:
        probs = torch.from_numpy(sample.top_values.astype("float32") - sample.total[:, None]).exp()
        weights.index_add_(0, torch.from_numpy(sample.top_ids.reshape(-1)).long(), probs.reshape(-1))
    return weights


def choose_vocabulary(samples: list, embedding: torch.Tensor, proposals: int, embedded: int) -> DraftVocabulary:
    """The likeliest tokens of the replies; the embedding also counts the prompts' tokens."""
    size = len(embedding)
    weights = token_weights(samples, size)
    proposed = weights.topk(min(proposals, size)).indices.sort().values
    read = weights.clone()
    for sample in samples:
        prompt = torch.from_numpy(sample.ids[: sample.prompt_length]).long()
        read.index_add_(0, prompt, torch.ones(len(prompt)))
    kept = read.topk(min(embedded, size)).indices.sort().values
    return DraftVocabulary(proposed, kept, nearest_rows(embedding, kept))


def nearest_rows(embedding: torch.Tensor, kept: torch.Tensor, rows: int = 2048) -> torch.Tensor:
    """For each token the index in ``kept`` of the token whose embedding points most nearly the same way."""
    unit = torch.nn.functional.normalize(embedding.float().cpu(), dim=-1)
    found = torch.cat([(part @ unit[kept].T).argmax(-1) for part in unit.split(rows)])
    found[kept] = torch.arange(len(kept))
    return found
