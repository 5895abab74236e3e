"""The steps of the recipe, in order: replies, follow-ups, held-out replies, training, export, measurement."""

import dataclasses
import random
from pathlib import Path

from .baselines import EarlyExits, lookup_acceptance
from .chat import ChatFormat
from .decode import fast_steps
from .evaluate import acceptance
from .export import export, load_exported
from .generate import Request, generate
from .int8 import in_bytes
from .prompts import (
    follow_up,
    heldout_conversations,
    is_plain,
    letters,
    training_conversations,
    wider_conversations,
)
from .shards import load_shards, rows_saved, write_json
from .train import Trainer

FOLLOW_UP_ROWS = 1_000_000  # row numbers of follow-ups begin here
HELDOUT_ROWS = 2_000_000  # those of held-out prompts here
WIDER_ROWS = 3_000_000  # and those of the wider list here
QUESTION_ROWS = 4_000_000  # and those of the target's own questions here, each asked and answered under one number


class Recipe:
    """One run in a work folder; every step keeps what an earlier run has finished.

    ``part`` (index, count): which of the training replies this process generates, if several share the work.
    """

    def __init__(self, settings, target, work: Path, device: str = "cpu", say=print, part: tuple = (0, 1)):
        self._part = part
        self._settings, self._target, self._device, self._say = settings, target, device, say
        names = {"bos_token": target.start_id, "eos_token": target.end_id}
        specials = {name: target.tokenizer.id_to_token(token) for name, token in names.items()}
        self._chat = ChatFormat(target.chat_template, target.tokenizer, specials)
        self._replies, self._follow_ups = work / "replies", work / "follow-ups"
        self._heldout, self._questions, self._work = work / "heldout", work / "questions", work
        work.mkdir(parents=True, exist_ok=True)

    def _temperature(self, row: int) -> float:
        greedy = row // 2 % 5 < self._settings.greedy_share * 5
        return 0.0 if greedy else self._settings.temperature

    def _answer(self, requests: list, folder: Path, limits=None):
        if not requests:
            return
        target, steps = self._target, None
        if self._device == "cpu":
            steps = fast_steps(target.model)
            target = dataclasses.replace(target, model=in_bytes(target.model))
        limits = limits or self._settings.limits
        generate(target, requests, folder, limits, self._settings.shard_rows, self._say, steps)

    def generate_replies(self):
        """The target answers the training prompts."""
        settings = self._settings
        conversations = training_conversations(settings.seed, settings.conversations)
        rows = list(enumerate(conversations[: settings.answered]))
        wider = wider_conversations(settings.seed)[: settings.wider]
        rows = [(WIDER_ROWS + r, c) for r, c in enumerate(wider)] + rows
        requests = [Request(r, self._chat.encode(c), self._temperature(r), r) for r, c in rows]
        self._answer(self._mine(requests, self._replies), self._part_of(self._replies))

    def generate_questions(self):
        """The target writes users' messages itself, given no more than the beginning of a user's turn."""
        settings = self._settings
        beginning = self._chat.user_turn()
        limits = dataclasses.replace(settings.limits, reply_tokens=settings.question_tokens)
        requests = [
            Request(row, beginning, settings.question_temperature, row)
            for row in range(QUESTION_ROWS, QUESTION_ROWS + settings.questions)
        ]
        self._answer(self._mine(requests, self._questions), self._part_of(self._questions), limits)

    def _asked(self, questions: list) -> list:
        """Pairs of row and message: the target's finished questions that read like English, each once, none held out."""
        heldout = {letters(turn["content"]) for conversation in heldout_conversations() for turn in conversation}
        found = {}
        for sample in questions:
            said = sample.ids[sample.prompt_length :].tolist()
            text = self._target.tokenizer.decode(said).strip()
            if said[-1] in self._target.end_ids and is_plain(text) and letters(text) not in heldout:
                found[text] = min(sample.row, found.get(text, sample.row))
        return sorted((row, text) for text, row in found.items())

    def generate_asked(self):
        """The target answers its own questions."""
        questions = load_shards(self._questions)
        missing = self._settings.questions - len(questions)
        if missing:
            raise ValueError(f"{missing} questions are still to be asked: run the step generate in all parts first")
        requests = []
        for row, text in self._asked(questions):
            ids = self._chat.encode([{"role": "user", "content": text}])
            requests.append(Request(row, ids, self._temperature(row), row))
        short = [r for r in requests if len(r.ids) <= self._settings.limits.short_prompt]
        self._say(f"{len(short)} of the target's questions are answered; the others are too long", flush=True)
        self._answer(self._mine(short, self._replies), self._part_of(self._replies))

    def _mine(self, requests: list, folder: Path) -> list:
        """This part's share of the requests that no part has answered."""
        part, parts = self._part
        answered = rows_saved(folder)
        return [r for r in requests if r.row % parts == part and r.row not in answered]

    def _part_of(self, folder: Path) -> Path:
        return folder / f"part-{self._part[0]}"

    def generate_follow_ups(self):
        """The target answers a second question about some of its own finished replies."""
        settings = self._settings
        conversations = training_conversations(settings.seed, settings.conversations)
        ended = [s for s in load_shards(self._replies) if s.row < len(conversations) and len(s.top_ids) <= 120]
        ended = sorted((s for s in ended if int(s.ids[-1]) in self._target.end_ids), key=lambda s: s.row)
        chooser = random.Random(settings.seed + 1)
        requests = []
        for sample in chooser.sample(ended, min(settings.follow_ups, len(ended))):
            said = self._target.tokenizer.decode(sample.ids[sample.prompt_length :].tolist()).strip()
            messages = conversations[sample.row] + [{"role": "assistant", "content": said}, follow_up(chooser)]
            row = FOLLOW_UP_ROWS + sample.row
            requests.append(Request(row, self._chat.encode(messages), self._temperature(row), row))
        self._answer(requests, self._follow_ups)

    def generate_heldout(self):
        """The target answers each held-out prompt twice: greedily, and sampled with the coupled noise."""
        requests = []
        for number, messages in enumerate(heldout_conversations()[: self._settings.heldout]):
            ids = self._chat.encode(messages)
            for odd, temperature in enumerate((0.0, self._settings.temperature)):
                row = HELDOUT_ROWS + 2 * number + odd
                requests.append(Request(row, ids, temperature, row, coupled=True))
        self._answer(requests, self._heldout)

    def heldout_samples(self) -> list:
        return sorted(load_shards(self._heldout), key=lambda s: s.row)

    def train(self):
        """Trains on all replies there are and returns the draft; every so many are only watched."""
        samples = self._trained_on()
        watched = [s for s in samples if self._is_watched(s)]
        samples = [s for s in samples if not self._is_watched(s)]
        tokens = sum(len(s.top_ids) for s in samples)
        self._say(f"{len(samples)} replies, {tokens} tokens to learn from; {len(watched)} to watch", flush=True)
        return Trainer(self._settings, self._target, samples, watched, self._work, self._device, self._say).run()

    def _trained_on(self) -> list:
        return sorted(load_shards(self._replies) + load_shards(self._follow_ups), key=lambda s: s.row)

    def _is_watched(self, sample) -> bool:
        every = self._settings.watched_every
        return sample.row % every == every // 7

    def export(self, draft, folder: Path):
        export(draft, self._target, folder)

    def measure(self, folder: Path) -> list:
        """Acceptance of exported files over all held-out prompts; also written to ``acceptance.json`` there.

        On a processor the draft's products run in 8 bits, as where it is used.
        """
        draft = load_exported(folder).to(self._device)
        if self._device == "cpu":
            draft = in_bytes(draft)
        heldout = self.heldout_samples()
        found = [acceptance(draft, heldout, t).as_dict() for t in (0.0, self._settings.temperature)]
        write_json(folder / "acceptance.json", found)
        return found

    def baselines(self) -> list:
        """Acceptance of prompt lookup and of the target's own early exits over the held-out prompts."""
        heldout = self.heldout_samples()
        exits = EarlyExits(self._target, self._trained_on()[: self._settings.lens_samples])
        found = []
        for temperature in (0.0, self._settings.temperature):
            found.append({"guess": "prompt lookup", **lookup_acceptance(heldout, temperature).as_dict()})
            for (layers, kind), value in exits.acceptance(heldout, temperature).items():
                found.append({"guess": f"target after {layers} layers, {kind}", **value.as_dict()})
        write_json(self._work / "baselines.json", found)
        return found
