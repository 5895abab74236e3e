"""Every number of the recipe, for the real run and for the tiny one."""

from dataclasses import dataclass

from .draft import DraftShape
from .generate import GenerationLimits


@dataclass(frozen=True)
class TrainSettings:
    """One optimisation run.

    ``learning_rate`` is for head and norms, the embedding gets ``embedding_rate`` times it; the layers' matrices have
    ``muon_rate``, or the same as the head if that is 0.
    """

    steps: int = 3300
    rows: int = 24  # conversations per step
    top: int = 16  # target tokens learned from, one by one, at each position
    learning_rate: float = 2e-3
    embedding_rate: float = 0.3
    muon_rate: float = 0.0
    warmup: int = 50
    decay: float = 0.9  # share of the steps in which the rate falls to zero
    weight_decay: float = 0.05
    temperature: float = 0.8  # at which the distributions are compared
    argmax_weight: float = 0.2
    overlap_weight: float = 1.0  # of the probability that the two distributions do not share
    trust_rate: float = 0.02  # learning rate of the copy's log-odds
    clip: float = 1.0
    report_every: int = 50
    measure_every: int = 300


@dataclass(frozen=True)
class Settings:
    """The whole recipe; with the same settings and the same arithmetic the result is the same."""

    seed: int = 1
    conversations: int = 6000  # made from the lists
    answered: int = 6000  # the first so many of them are answered by the target
    wider: int | None = None  # and the first so many of the wider list; None: all of them
    questions: int = 30000  # messages that the target makes up; those that end in time are answered
    question_tokens: int = 36
    question_temperature: float = 0.9
    follow_ups: int = 600
    greedy_share: float = 0.4  # of the training replies; the others are sampled
    temperature: float = 0.8
    shard_rows: int = 96
    heldout: int | None = None  # None: all of them
    watched_every: int = 149  # one reply in so many is not learned from; choices are made by them
    lens_samples: int = 120  # replies to which a linear early exit is fitted; 0 leaves it out
    limits: GenerationLimits = GenerationLimits()
    shape: DraftShape = DraftShape()
    train: TrainSettings = TrainSettings()


TINY = Settings(
    conversations=24,
    answered=24,
    wider=8,
    questions=8,
    follow_ups=8,
    shard_rows=16,
    heldout=12,
    watched_every=4,
    lens_samples=0,  # so few would not say much
    limits=GenerationLimits(slots=32, reply_tokens=32),
    shape=DraftShape(copied=(0, 1), inner=256, proposals=2048, embedded=4096),
    train=TrainSettings(steps=60, rows=8, learning_rate=1e-3, warmup=5, report_every=10, measure_every=30),
)
