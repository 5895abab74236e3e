"""Every number of the recipe, for the real run and for the tiny one."""

from dataclasses import dataclass

from .draft import DraftShape
from .generate import GenerationLimits


@dataclass(frozen=True)
class TrainSettings:
    """One optimisation run; ``learning_rate`` is for the layers, the embedding gets ``embedding_rate`` times it."""

    steps: int = 900
    rows: int = 16  # conversations per step
    top: int = 16  # target tokens learned from, one by one, at each position
    frequent: int = 4096  # always in the sampled vocabulary
    random: int = 1024  # drawn for each step from the rest of the vocabulary
    learning_rate: float = 2e-3
    embedding_rate: float = 0.4
    warmup: int = 100
    weight_decay: float = 0.05
    argmax_weight: float = 0.2
    clip: float = 1.0
    report_every: int = 50
    measure_every: int = 300
    measure_prompts: int = 30


@dataclass(frozen=True)
class Settings:
    """The whole recipe; with the same settings and the same arithmetic the result is the same."""

    seed: int = 1
    conversations: int = 6000  # made from the lists
    answered: int = 3000  # the first so many of them are answered by the target
    follow_ups: int = 200
    greedy_share: float = 0.4  # of the training replies; the others are sampled
    temperature: float = 0.8
    shard_rows: int = 96
    heldout: int | None = None  # None: all of them
    limits: GenerationLimits = GenerationLimits()
    shape: DraftShape = DraftShape()
    train: TrainSettings = TrainSettings()


TINY = Settings(
    conversations=32,
    answered=32,
    follow_ups=8,
    shard_rows=16,
    heldout=12,
    limits=GenerationLimits(slots=32, reply_tokens=32),
    shape=DraftShape(hidden=64, intermediate=128, layers=1, heads=1, kv_heads=1),
    train=TrainSettings(
        steps=60, rows=8, frequent=512, random=512, warmup=5, report_every=10, measure_every=30, measure_prompts=12
    ),
)
