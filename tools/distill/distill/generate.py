"""Lets the target answer prompts, in a batch whose slots are refilled as conversations end."""

import time
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import torch

from .cache import Capture, SlotCache
from .llama import rope_tables
from .noise import draw, pick, share
from .shards import Sample, count_shards, rows_saved, save_shard


@dataclass(frozen=True)
class Request:
    """One prompt to answer; ``seed`` keys the choice, with the coupled noise if acceptance is to be measured on it."""

    row: int
    ids: list
    temperature: float
    seed: int
    coupled: bool = False


@dataclass
class _Running:
    request: Request
    reply: list = field(default_factory=list)
    tops: list = field(default_factory=list)

    @property
    def length(self):
        return len(self.request.ids) + len(self.reply)


@dataclass(frozen=True)
class GenerationLimits:
    """Sizes of generation; a reply that repeats ``loop_tokens`` tokens three times over is cut."""

    slots: int = 128
    reply_tokens: int = 200
    top: int = 32
    loop_tokens: int = 24
    refill: int = 8
    short_prompt: int = 64


class Generator:
    """Answers requests with one model; the result of a request depends on it alone, up to rounding.

    ``steps``: decoding steps in C++, if there are any for this model.
    """

    def __init__(self, target, limits: GenerationLimits, prompt_capacity: int, steps=None):
        self._steps = steps
        self._model, self._end_ids, self._limits = target.model, target.end_ids, limits
        self._device = target.model.model.embed_tokens.weight.device
        self._cache = SlotCache(limits.slots, prompt_capacity + limits.reply_tokens + 1, target.model)

    @torch.inference_mode()
    def answer(self, requests: list):
        """Yields a sample for each request, in the order in which they end."""
        waiting = list(reversed(requests))
        running = [None] * self._limits.slots
        while waiting or any(running):
            finished = []
            free = [slot for slot, state in enumerate(running) if state is None]
            if waiting and len(free) >= min(self._limits.refill, len(waiting)):
                self._start(running, free, waiting, finished)
            else:
                self._step(running, finished)
            yield from finished

    def _start(self, running, free, waiting, finished):
        """Reads a few prompts at once and takes the first token of each reply."""
        slots = free[: min(2 * self._limits.refill, len(waiting))]
        batch = [waiting.pop() for _ in slots]
        width = max(len(r.ids) for r in batch)
        ids = torch.zeros(len(batch), width, dtype=torch.long)
        for row, request in enumerate(batch):
            ids[row, : len(request.ids)] = torch.tensor(request.ids)
        captures = [Capture() for _ in self._cache.layers]
        hidden = self._model.hidden(ids.to(self._device), stores=captures)
        self._cache.fill(slots, captures)
        last = torch.tensor([len(r.ids) - 1 for r in batch], device=self._device)
        logits = self._model.logits(hidden[torch.arange(len(batch), device=self._device), last])
        for slot, request in zip(slots, batch):
            running[slot] = _Running(request)
        self._choose(running, slots, logits, finished)

    def _step(self, running, finished):
        """One decoding step of every slot; empty slots compute on padding and are ignored."""
        last = torch.tensor([[r.reply[-1] if r else 0] for r in running], device=self._device)
        positions = torch.tensor([r.length - 1 if r else 0 for r in running], device=self._device)
        if self._steps is not None:
            logits = self._fast_logits(last[:, 0].contiguous(), positions)
        else:
            self._cache.begin_step(positions)
            logits = self._model.logits(self._model.hidden(last, positions[:, None], self._cache.layers)[:, 0])
        slots = [s for s, r in enumerate(running) if r is not None]
        self._choose(running, slots, logits if len(slots) == len(running) else logits[slots], finished)

    def _fast_logits(self, last, positions):
        config = self._model.config
        cos, sin = rope_tables(positions, config.head_dim, config.rope_theta)
        return self._steps.logits(last, positions, cos, sin, self._cache.layers)

    def _choose(self, running, slots, logits, finished):
        logits = logits.float()
        states = [running[slot] for slot in slots]
        values, ids, total, drawn = self._drawn(states, logits)
        values, ids = values.cpu().numpy().astype(np.float16), ids.cpu().numpy().astype(np.int32)
        for row, (slot, state) in enumerate(zip(slots, states)):
            request, token = state.request, drawn[row]
            if request.coupled and request.temperature > 0:
                token = pick(logits[row], request.temperature, request.seed, state.length)
            state.reply.append(token)
            state.tops.append((ids[row], values[row], total[row]))
            if self._ended(state):
                finished.append(_sample(state))
                running[slot] = None

    def _drawn(self, states, logits):
        """Highest logits with their ids, log-sum-exp and a plain sample of each row; the argmax at temperature 0."""
        shares = [share(s.request.seed, s.length) for s in states]
        temperatures = [s.request.temperature for s in states]
        if self._steps is not None:
            values, ids, total, tokens = self._steps.choose(logits, temperatures, shares, self._limits.top)
            return values, ids, total.tolist(), tokens.tolist()
        values, ids = logits.topk(self._limits.top)
        total = [float(row.logsumexp(0)) for row in logits]  # row by row: much kinder to the processor's cache
        tokens = [
            draw(row, temperature, part) if temperature > 0 else int(best)
            for row, temperature, part, best in zip(logits, temperatures, shares, ids[:, 0])
        ]
        return values, ids, total, tokens

    def _ended(self, state) -> bool:
        reply, period = state.reply, self._limits.loop_tokens
        if reply[-1] in self._end_ids or len(reply) >= self._limits.reply_tokens:
            return True
        return is_loop(reply, period)


def is_loop(reply: list, longest: int) -> bool:
    """Whether the reply ends in the same run of at most ``longest`` (and in all >= 18) tokens three times over."""
    for period in range(1, longest + 1):
        copies = max(3, -(-18 // period))
        tail = reply[-period * copies :]
        if len(tail) == period * copies and tail == tail[:period] * copies:
            return True
    return False


def _sample(state: _Running) -> Sample:
    request = state.request
    ids, values, totals = zip(*state.tops)
    return Sample(
        row=request.row,
        temperature=request.temperature,
        seed=request.seed,
        prompt_length=len(request.ids),
        ids=np.array(request.ids + state.reply, dtype=np.int32),
        top_ids=np.array(ids),
        top_values=np.array(values),
        total=np.array(totals, dtype=np.float32),
    )


def _answers(target, requests: list, limits: GenerationLimits, steps):
    """Short prompts first and the few long ones on their own: attention runs over the whole capacity of a slot."""
    for group in (
        [r for r in requests if len(r.ids) <= limits.short_prompt],
        [r for r in requests if len(r.ids) > limits.short_prompt],
    ):
        if group:
            yield from Generator(target, limits, max(len(r.ids) for r in group), steps).answer(group)


def generate(target, requests: list, folder: Path, limits: GenerationLimits, shard_rows: int, say=print, steps=None):
    """Answers all requests, saving a shard whenever ``shard_rows`` are done; rows saved before are skipped."""
    saved = rows_saved(folder)
    missing = [request for request in requests if request.row not in saved]
    if not missing:
        return
    done, tokens, begun, batch = len(requests) - len(missing), 0, time.monotonic(), []
    for sample in _answers(target, missing, limits, steps):
        batch.append(sample)
        done += 1
        tokens += len(sample.top_ids)
        if len(batch) >= shard_rows or done == len(requests):
            save_shard(folder, count_shards(folder), batch)
            rate = tokens / (time.monotonic() - begun)
            say(f"generated {done}/{len(requests)} replies, {tokens} tokens, {rate:.0f} a second", flush=True)
            batch = []
