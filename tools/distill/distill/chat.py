"""Renders conversations with the target's own chat template."""

from jinja2.sandbox import ImmutableSandboxedEnvironment
from tokenizers import Tokenizer


def _refuse(message: str):
    raise ValueError(f"the chat template refuses the conversation: {message}")


class ChatFormat:
    """Turns messages into token ids that end where the assistant is to speak."""

    def __init__(self, template: str, tokenizer: Tokenizer, specials: dict | None = None):
        """``specials``: names of special tokens that a template may use, such as ``bos_token``."""
        environment = ImmutableSandboxedEnvironment(trim_blocks=True, lstrip_blocks=True)
        environment.globals["raise_exception"] = _refuse
        self._template = environment.from_string(template)
        self._tokenizer = tokenizer
        self._specials = specials or {}

    def encode(self, messages: list) -> list:
        """``messages`` are dicts with ``role`` and ``content``; the reply prompt is appended."""
        text = self._template.render(messages=messages, add_generation_prompt=True, **self._specials)
        return self._tokenizer.encode(text, add_special_tokens=False).ids

    def user_turn(self) -> list:
        """Ids up to where a user's first message begins, for the target to write one."""
        mark = "What the user says stands here"
        text = self._template.render(
            messages=[{"role": "user", "content": mark}], add_generation_prompt=False, **self._specials
        )
        begin = text.rfind(mark)
        if begin < 0:
            raise ValueError("the chat template changes what the user says, so the target cannot be let to say it")
        return self._tokenizer.encode(text[:begin], add_special_tokens=False).ids
