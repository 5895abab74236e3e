"""Renders conversations with the target's own chat template."""

from jinja2 import Environment
from tokenizers import Tokenizer


class ChatFormat:
    """Turns messages into token ids that end where the assistant is to speak."""

    def __init__(self, template: str, tokenizer: Tokenizer):
        self._template = Environment().from_string(template)
        self._tokenizer = tokenizer

    def encode(self, messages: list) -> list:
        """``messages`` are dicts with ``role`` and ``content``; the reply prompt is appended."""
        text = self._template.render(messages=messages, add_generation_prompt=True)
        return self._tokenizer.encode(text, add_special_tokens=False).ids
