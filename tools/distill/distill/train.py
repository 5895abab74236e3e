"""Trains the draft on what the target wrote; checkpoints make it resumable."""

import copy
import hashlib
import json
import os
import time
from pathlib import Path

import torch

from .batches import BatchOrder, make_batch
from .draft import Draft, empty_draft, new_draft
from .evaluate import watch
from .loss import fused_loss
from .vocabulary import choose_vocabulary

SCALES = (0.9, 1.0, 1.1, 1.2, 1.3, 1.4, 1.6)  # of the logits, tried at the end
SHIFTS = (-0.3, 0.0, 0.3, 0.6)  # of the copies' log-odds


def rate_at(step: int, settings) -> float:
    """Share of the peak learning rate: linear warm-up, a plateau, then linearly down to zero."""
    if step < settings.warmup:
        return (step + 1) / settings.warmup
    return min(1.0, (settings.steps - step) / max(1.0, settings.decay * settings.steps))


def make_optimizers(draft: Draft, settings) -> list:
    """Muon for the layers' matrices (Jordan et al., 2024), AdamW for embedding, head and norms."""
    groups = {"embedding": [], "head": [], "matrix": [], "norm": [], "trust": []}
    for name, parameter in draft.named_parameters():
        kind = "norm" if parameter.dim() < 2 else "matrix"
        for part, own in (("embed_tokens", "embedding"), ("lm_head", "head"), ("copy_trust", "trust")):
            kind = own if part in name else kind
        groups[kind].append(parameter)
    rate = settings.learning_rate
    adam = [
        {"params": groups["embedding"], "peak": rate * settings.embedding_rate},
        {"params": groups["head"], "peak": rate},
        {"params": groups["norm"], "peak": rate},
        {"params": groups["trust"], "peak": settings.trust_rate},
    ]
    decay = settings.weight_decay
    if not settings.muon_rate:
        adam.append({"params": groups["matrix"], "peak": rate, "weight_decay": decay})
        return [torch.optim.AdamW(adam, lr=rate, betas=(0.9, 0.98), weight_decay=0.0, fused=True)]
    muon = [{"params": groups["matrix"], "peak": settings.muon_rate}]
    return [
        torch.optim.AdamW(adam, lr=rate, betas=(0.9, 0.98), weight_decay=0.0, fused=True),
        torch.optim.Muon(muon, lr=settings.muon_rate, weight_decay=decay, adjust_lr_fn="match_rms_adamw", ns_steps=4),
    ]


def _made_of(settings, samples: list) -> dict:
    """What a run depends on: the vocabulary and the order of batches follow from these."""
    rows = hashlib.sha256(" ".join(str(sample.row) for sample in samples).encode()).hexdigest()
    return {"settings": repr((settings.seed, settings.shape, settings.train)), "replies": rows}


class Trainer:
    """Holds draft, optimiser and step; ``run`` goes on from the last checkpoint."""

    def __init__(self, settings, target, samples, watched, folder: Path, device="cpu", say=print):
        self._settings, self._watched = settings.train, watched
        self._device, self._say = device, say
        self._temperature = settings.temperature
        self._path = folder / "checkpoint.pt"
        self._log = folder / "train.jsonl"
        self.step = 0
        embedding, shape = target.model.model.embed_tokens.weight, settings.shape
        vocabulary = choose_vocabulary(samples, embedding, shape.proposals, shape.embedded)
        if self._path.exists():
            draft = empty_draft(shape, target.model.config, vocabulary, settings.train.temperature)
        else:
            draft = new_draft(shape, target, samples, vocabulary, settings)
        self.draft = draft.to(device)
        self._columns = vocabulary.columns().numpy()
        self._optimizers = make_optimizers(self.draft, settings.train)
        self._order = BatchOrder(samples, settings.train.rows, settings.seed)
        self._made_of = _made_of(settings, samples)
        self._resume()

    def _resume(self):
        if self._path.exists():
            saved = torch.load(self._path, map_location=self._device)
            changed = [name for name, value in self._made_of.items() if saved.get("made_of", {}).get(name) != value]
            if changed:
                raise ValueError(
                    f"{self._path} was begun with other {' and '.join(changed)}; remove it to train from the start"
                )
            self.draft.load_state_dict(saved["draft"])
            for optimizer, state in zip(self._optimizers, saved["optimizers"]):
                optimizer.load_state_dict(state)
            self.step = saved["step"]
            self._say(f"resumed at step {self.step}", flush=True)

    def save(self):
        """Writes the checkpoint atomically."""
        partial = self._path.with_suffix(".partial")
        optimizers = [optimizer.state_dict() for optimizer in self._optimizers]
        state = {"draft": self.draft.state_dict(), "optimizers": optimizers, "step": self.step}
        torch.save({**state, "made_of": self._made_of}, partial)
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
        return self._calibrated()

    def _calibrated(self):
        """The draft with its logits scaled, and its copies trusted, as raises both acceptances together the most."""
        scale = self._best("logits scaled by", [(scale, 0.0) for scale in SCALES])[0]
        scale, shift = self._best("copies trusted more by", [(scale, shift) for shift in SHIFTS])
        calibrated = copy.deepcopy(self.draft)
        calibrated.lm_head.weight.data.mul_(scale)
        calibrated.copy_trust.data[1:].add_(shift)
        return calibrated

    def _best(self, what: str, choices: list) -> tuple:
        """Of pairs (scale, shift) the one with the highest sum of both acceptances on the watched replies."""
        found = {pair: watch(self.draft, self._watched, self._columns, self._temperature, *pair) for pair in choices}
        best = max(found, key=lambda pair: sum(found[pair]))
        for pair, (greedy, coupled) in found.items():
            self._say(f"{what} {pair}: {greedy:.4f}, {coupled:.4f}{' *' if pair == best else ''}", flush=True)
        return best

    def _one_step(self) -> float:
        settings = self._settings
        for optimizer in self._optimizers:
            for group in optimizer.param_groups:
                group["lr"] = group["peak"] * rate_at(self.step, settings)
        samples = self._order.batch(self.step)
        batch = make_batch(samples, settings.top, self._columns, settings.temperature).to(self._device)
        with torch.autocast(self._device, torch.bfloat16):
            hidden = self.draft.hidden(batch.ids).flatten(0, 1)[batch.where]
        loss = fused_loss(hidden, self.draft.lm_head.weight, self.draft.copy_trust, batch, settings)
        for optimizer in self._optimizers:
            optimizer.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(self.draft.parameters(), settings.clip)
        for optimizer in self._optimizers:
            optimizer.step()
        return loss.item()

    def _measure(self):
        """Acceptance on the watched replies, said and appended to the log."""
        greedy, coupled = watch(self.draft, self._watched, self._columns, self._temperature)
        record = {"step": self.step, "acceptance at 0.0": round(greedy, 4)}
        record[f"acceptance at {self._temperature}"] = round(coupled, 4)
        self._say(f"watched: {record}", flush=True)
        with self._log.open("a") as log:
            log.write(json.dumps(record) + "\n")
