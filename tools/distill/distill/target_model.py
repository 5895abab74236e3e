"""The model that a draft is made for."""

from dataclasses import dataclass

from tokenizers import Tokenizer

from .llama import Llama


@dataclass(frozen=True)
class Target:
    """The model that the draft learns to guess, with what is needed to talk to it."""

    model: Llama
    tokenizer: Tokenizer
    chat_template: str
    end_ids: frozenset
    start_id: int
    end_id: int
    name: str
