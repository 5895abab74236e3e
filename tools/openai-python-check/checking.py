"""How a check says whether it holds."""

from typing import Callable

import openai


class Failed(Exception):
    """A check that did not hold; the message says what was expected and what came."""


def expect(holds: bool, message: str) -> None:
    if not holds:
        raise Failed(message)


def refused(error: type[openai.APIStatusError], request: Callable[[], object], *words: str) -> str:
    """The message of a request that must fail with this very class, and with these words."""
    try:
        answer = request()
    except openai.APIStatusError as e:
        expect(type(e) is error, f"{type(e).__name__} {e.message}, expected {error.__name__}")
        expect(all(word in e.message for word in words), f"{words} are not all in: {e.message}")
        expect(bool(e.request_id), f"an error without x-request-id: {e.message}")
        return f"{type(e).__name__}: {e.message}"
    raise Failed(f"expected {error.__name__}, came {answer}")


def run(name: str, check: Callable[[], str]) -> str | None:
    """The check's result, or None if it failed."""
    try:
        result = check()
    except Failed as e:
        print(f"FAIL {name}: {e}", flush=True)
    except openai.APIConnectionError as e:
        cause = f" ({e.__cause__})" if e.__cause__ else ""
        print(f"FAIL {name}: no answer from {e.request.url}: {e}{cause}", flush=True)
    except Exception as e:  # whatever else a wrong answer makes of the client is a failure of the server
        print(f"FAIL {name}: {type(e).__name__}: {e}", flush=True)
    else:
        print(f"ok   {name}: {result}", flush=True)
        return result
    return None
