"""Trains the draft on what the target wrote; checkpoints make it resumable."""

import json
import math
import os
import time
from pathlib import Path

import torch

from .batches import BatchOrder, make_batch
from .draft import new_draft, token_weights
from .evaluate import acceptance
from .llama import Llama
from .loss import VocabularySample, fused_loss


def rate_at(step: int, settings) -> float:
    """Share of the peak learning rate: linear warm-up, then half a cosine down to a fiftieth."""
    if step < settings.warmup:
        return (step + 1) / settings.warmup
    done = (step - settings.warmup) / max(1, settings.steps - settings.warmup)
    return 0.02 + 0.98 * 0.5 * (1 + math.cos(math.pi * min(1.0, done)))


def make_optimizer(draft: Llama, settings):
    """AdamW; matrices decay, norms and the embedding do not."""
    groups = {"embedding": [], "matrix": [], "norm": []}
    for name, parameter in draft.named_parameters():
        kind = "embedding" if "embed_tokens" in name else "matrix" if parameter.dim() > 1 else "norm"
        groups[kind].append(parameter)
    rate = settings.learning_rate
    return torch.optim.AdamW(
        [
            {"params": groups["embedding"], "peak": rate * settings.embedding_rate, "weight_decay": 0.0},
            {"params": groups["matrix"], "peak": rate, "weight_decay": settings.weight_decay},
            {"params": groups["norm"], "peak": rate, "weight_decay": 0.0},
        ],
        lr=rate,
        betas=(0.9, 0.98),
        fused=True,
    )


class Trainer:
    """Holds draft, optimiser and step; ``run`` goes on from the last checkpoint."""

    def __init__(self, settings, target, samples, heldout, folder: Path, device="cpu", say=print):
        self._settings, self._samples, self._heldout = settings.train, samples, heldout
        self._seed, self._device, self._say = settings.seed, device, say
        self._temperatures = (0.0, settings.temperature)
        self._path = folder / "checkpoint.pt"
        self._log = folder / "train.jsonl"
        self.step = 0
        self.draft = self._start(settings, target).to(device)
        self._optimizer = make_optimizer(self.draft, settings.train)
        self._order = BatchOrder(samples, settings.train.rows, settings.seed)
        weights = token_weights(samples, self.draft.config.vocab_size)
        frequent = weights.topk(settings.train.frequent).indices
        self._vocabulary = VocabularySample(len(weights), frequent, settings.train.random, settings.seed)
        self._resume()

    def _start(self, settings, target) -> Llama:
        """A new draft, or an empty one if a checkpoint is there to fill it."""
        if self._path.exists():
            return Llama(settings.shape.config(target.model.config))
        return new_draft(settings.shape, target, self._samples, settings.seed)

    def _resume(self):
        if self._path.exists():
            saved = torch.load(self._path, map_location=self._device)
            self.draft.load_state_dict(saved["draft"])
            self._optimizer.load_state_dict(saved["optimizer"])
            self.step = saved["step"]
            self._say(f"resumed at step {self.step}", flush=True)

    def save(self):
        """Writes the checkpoint atomically."""
        partial = self._path.with_suffix(".partial")
        state = {"draft": self.draft.state_dict(), "optimizer": self._optimizer.state_dict(), "step": self.step}
        torch.save(state, partial)
        os.replace(partial, self._path)

    def run(self):
        """Trains up to the last step and returns the draft."""
        settings = self._settings
        if self.step == 0:
            self._measure()
        begun, first, total = time.monotonic(), self.step, 0.0
        while self.step < settings.steps:
            total += self._one_step()
            self.step += 1
            if self.step % settings.report_every == 0:
                pace = (time.monotonic() - begun) / (self.step - first)
                left = pace * (settings.steps - self.step) / 60
                loss = total / settings.report_every
                total = 0.0
                self._say(f"step {self.step}/{settings.steps} loss {loss:.3f}, {left:.1f} min left", flush=True)
            if self.step % settings.measure_every == 0 or self.step == settings.steps:
                self._measure()
                self.save()
        return self.draft

    def _one_step(self) -> float:
        settings = self._settings
        for group in self._optimizer.param_groups:
            group["lr"] = group["peak"] * rate_at(self.step, settings)
        batch = make_batch(self._order.batch(self.step), settings.top).to(self._device)
        sample = self._vocabulary.choose(batch.top_ids, self.step)
        with torch.autocast(self._device, torch.bfloat16):
            hidden = self.draft.hidden(batch.ids).flatten(0, 1)[batch.where]
        embedding = self.draft.model.embed_tokens.weight
        loss = fused_loss(hidden, embedding, sample, batch.top_log_probs, settings.argmax_weight)
        self._optimizer.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(self.draft.parameters(), settings.clip)
        self._optimizer.step()
        return loss.item()

    def _measure(self):
        """Acceptance on a few held-out prompts, said and appended to the log."""
        record = {"step": self.step}
        for temperature in self._temperatures:
            chosen = [s for s in self._heldout if s.temperature == temperature]
            found = acceptance(self.draft, chosen[: self._settings.measure_prompts], temperature)
            record[f"acceptance at {temperature}"] = round(found.by_token, 4)
        self._say(f"held out: {record}", flush=True)
        with self._log.open("a") as log:
            log.write(json.dumps(record) + "\n")
