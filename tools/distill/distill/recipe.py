"""The steps of the recipe, in order: replies, follow-ups, held-out replies, training, export, measurement."""

import random
from pathlib import Path

from .chat import ChatFormat
from .evaluate import acceptance
from .export import export, load_exported
from .generate import Request, generate
from .prompts import follow_up, heldout_conversations, training_conversations
from .shards import load_shards, write_json
from .train import Trainer

FOLLOW_UP_ROWS = 1_000_000  # row numbers of follow-ups begin here
HELDOUT_ROWS = 2_000_000  # and those of held-out prompts here


class Recipe:
    """One run in a work folder; every step keeps what an earlier run has finished."""

    def __init__(self, settings, target, work: Path, device: str = "cpu", say=print):
        self._settings, self._target, self._device, self._say = settings, target, device, say
        self._chat = ChatFormat(target.chat_template, target.tokenizer)
        self._replies, self._follow_ups = work / "replies", work / "follow-ups"
        self._heldout, self._work = work / "heldout", work
        work.mkdir(parents=True, exist_ok=True)

    def _temperature(self, row: int) -> float:
        greedy = row % 5 < self._settings.greedy_share * 5
        return 0.0 if greedy else self._settings.temperature

    def _answer(self, requests: list, folder: Path):
        generate(self._target, requests, folder, self._settings.limits, self._settings.shard_rows, self._say)

    def generate_replies(self):
        """The target answers the training prompts."""
        settings = self._settings
        conversations = training_conversations(settings.seed, settings.conversations)
        rows = enumerate(conversations[: settings.answered])
        self._answer([Request(r, self._chat.encode(c), self._temperature(r), r) for r, c in rows], self._replies)

    def generate_follow_ups(self):
        """The target answers a second question about some of its own finished replies."""
        settings = self._settings
        conversations = training_conversations(settings.seed, settings.conversations)
        ended = [s for s in load_shards(self._replies) if int(s.ids[-1]) in self._target.end_ids]
        ended = sorted((s for s in ended if len(s.top_ids) <= 120), key=lambda s: s.row)
        chooser = random.Random(settings.seed + 1)
        requests = []
        for sample in chooser.sample(ended, min(settings.follow_ups, len(ended))):
            said = self._target.tokenizer.decode(sample.ids[sample.prompt_length :].tolist()).strip()
            messages = conversations[sample.row] + [{"role": "assistant", "content": said}, follow_up(chooser)]
            row = FOLLOW_UP_ROWS + sample.row
            requests.append(Request(row, self._chat.encode(messages), self._temperature(row), row))
        if requests:
            self._answer(requests, self._follow_ups)

    def generate_heldout(self):
        """The target answers each held-out prompt twice: greedily, and sampled with the coupled noise."""
        requests = []
        for number, messages in enumerate(heldout_conversations()[: self._settings.heldout]):
            ids = self._chat.encode(messages)
            for odd, temperature in enumerate((0.0, self._settings.temperature)):
                row = HELDOUT_ROWS + 2 * number + odd
                requests.append(Request(row, ids, temperature, row))
        self._answer(requests, self._heldout)

    def heldout_samples(self) -> list:
        return sorted(load_shards(self._heldout), key=lambda s: s.row)

    def train(self):
        """Trains on all replies there are and returns the draft."""
        samples = sorted(load_shards(self._replies) + load_shards(self._follow_ups), key=lambda s: s.row)
        self._say(f"{len(samples)} replies, {sum(len(s.top_ids) for s in samples)} tokens to learn from", flush=True)
        heldout = self.heldout_samples()
        trainer = Trainer(self._settings, self._target, samples, heldout, self._work, self._device, self._say)
        return trainer.run()

    def export(self, draft, folder: Path):
        export(draft, self._target.tokenizer, folder)

    def measure(self, folder: Path) -> list:
        """Acceptance of exported files over all held-out prompts; also written to ``acceptance.json`` there."""
        draft = load_exported(folder).to(self._device)
        heldout = self.heldout_samples()
        found = [acceptance(draft, heldout, t).as_dict() for t in (0.0, self._settings.temperature)]
        write_json(folder / "acceptance.json", found)
        return found
