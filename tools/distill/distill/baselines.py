"""What a draft has to beat: looking the next token up in the text so far, and leaving the target early."""

import torch

from .evaluate import Acceptance, summary
from .noise import gumbel
from .start import padded

LOOKUP_TOKENS = 3  # longest run of tokens that is looked up
EXITS = (2, 4, 8, 16, 24)  # layers after which the target is left
LENS_ROWS = 8


def looked_up(ids: list, begin: int) -> list:
    """For each token from ``begin`` on whether prompt lookup guesses it.

    The guess is what followed the latest earlier place where the last 3 (else 2, else 1) tokens stood; a context seen
    for the first time gives no guess.
    """
    latest = {}
    hits = []
    for end in range(1, len(ids)):
        if end >= begin:
            guess = None
            for length in range(min(LOOKUP_TOKENS, end), 0, -1):
                guess = latest.get(tuple(ids[end - length : end]))
                if guess is not None:
                    break
            hits.append(guess == ids[end])
        for length in range(1, min(LOOKUP_TOKENS, end) + 1):
            latest[tuple(ids[end - length : end])] = ids[end]
    return hits


def lookup_acceptance(samples: list, temperature: float) -> Acceptance:
    """Of prompt lookup, over the samples that the target wrote at ``temperature``."""
    chosen = [s for s in samples if s.temperature == temperature]
    return summary([looked_up(s.ids.tolist(), s.prompt_length) for s in chosen], temperature)


class EarlyExits:
    """The target's own states after some of its layers, read with its norm and head.

    Either as they are or, for a fairer view, through a linear map fitted on training replies (a tuned lens, Belrose et
    al. 2023) that brings them closest to the final states.
    """

    def __init__(self, target, samples: list, exits=EXITS):
        self._model = target.model
        self._exits = [e for e in exits if e <= target.model.config.num_hidden_layers]
        self._head = (target.model.model.embed_tokens if target.model.lm_head is None else target.model.lm_head).weight
        self._lenses = self._fit(samples)

    def _states(self, samples: list):
        """Normed states after each exit and after the last layer, each [n, hidden], at the reply positions."""
        kept, hooks = {}, []
        for e in self._exits:
            layer = self._model.model.layers[e - 1]
            hooks.append(layer.register_forward_hook(lambda module, inputs, out, e=e: kept.__setitem__(e, out)))
        try:
            final = self._model.hidden(padded(samples).to(self._head.device))
        finally:
            for hook in hooks:
                hook.remove()
        states = {e: self._model.model.norm(kept[e]) for e in self._exits} | {"final": final}
        spans = [(row, slice(s.prompt_length - 1, len(s.ids) - 1)) for row, s in enumerate(samples)]
        return {e: torch.cat([x[row, span] for row, span in spans]).float() for e, x in states.items()}

    @torch.inference_mode()
    def _fit(self, samples: list) -> dict:
        size = self._model.config.hidden_size
        gram = {e: torch.zeros(size, size, dtype=torch.double) for e in self._exits}
        cross = {e: torch.zeros(size, size, dtype=torch.double) for e in self._exits}
        for begin in range(0, len(samples), LENS_ROWS):
            states = {e: x.double().cpu() for e, x in self._states(samples[begin : begin + LENS_ROWS]).items()}
            for e in self._exits:
                gram[e] += states[e].T @ states[e]
                cross[e] += states[e].T @ states["final"]
        eye = torch.eye(size, dtype=torch.double)
        return {
            e: torch.linalg.solve(gram[e] + 1e-3 * gram[e].diagonal().mean() * eye, cross[e]).to(self._head)
            for e in self._exits
        }

    @torch.inference_mode()
    def acceptance(self, samples: list, temperature: float) -> dict:
        """Pairs of (plain, through the lens) for each number of layers."""
        hits = {(e, kind): [] for e in self._exits for kind in ("plain", "lens")}
        for sample in (s for s in samples if s.temperature == temperature):
            wanted = torch.from_numpy(sample.ids[sample.prompt_length :]).long()
            noise = 0
            if temperature > 0:
                positions = range(sample.prompt_length, len(sample.ids))
                noise = torch.stack([gumbel(sample.seed, p, len(self._head)) for p in positions]).to(self._head.device)
            states = self._states([sample])
            for e in self._exits:
                plain = states[e].to(self._head.dtype)
                for kind, state in (("plain", plain), ("lens", plain @ self._lenses[e])):
                    logits = (state @ self._head.T).float()
                    guess = (logits / (temperature or 1) + noise).argmax(-1).cpu()
                    hits[e, kind].append((guess == wanted).tolist())
        return {key: summary(value, temperature) for key, value in hits.items()}


