#!/usr/bin/env python3
"""Checks a WANSpec server with OpenAI's own Python client: one line a check, exit status 1 if any fails.

    check.py [--timeout SECONDS] BASE_URL        such as http://127.0.0.1:8080/v1
"""

import argparse
import sys
import uuid
from typing import Callable

import openai

SEED = 7
TOKENS = 24
QUESTION = [{"role": "user", "content": "Why is the sky blue?"}]
SAMPLED = {"temperature": 0.8, "top_p": 0.95, "seed": SEED}


class Failed(Exception):
    """A check that did not hold; the message says what was expected and what came."""


def expect(holds: bool, message: str) -> None:
    if not holds:
        raise Failed(message)


class Checks:
    def __init__(self, client: openai.OpenAI, model: str) -> None:
        self.client = client
        self.model = model

    def chat(self):
        return self.client.chat.completions.create(
            model=self.model, messages=QUESTION, max_completion_tokens=TOKENS, **SAMPLED)

    def chat_whole(self) -> str:
        answer = self.chat()
        choice = answer.choices[0]
        expect(choice.message.role == "assistant", f"role {choice.message.role!r}, expected 'assistant'")
        expect(bool(choice.message.content), "the answer is empty")
        expect(choice.finish_reason in ("stop", "length"), f"finish_reason {choice.finish_reason!r}")
        expect(answer.usage is not None, "usage is missing")
        expect(0 < answer.usage.completion_tokens <= TOKENS, f"completion_tokens {answer.usage.completion_tokens}")
        return f"{answer.usage.completion_tokens} tokens, {choice.finish_reason}: {choice.message.content!r}"

    def chat_streamed(self) -> str:
        stream = self.client.chat.completions.create(
            model=self.model, messages=QUESTION, max_completion_tokens=TOKENS, stream=True,
            stream_options={"include_usage": True}, **SAMPLED)
        pieces, finishes, usage = [], [], None
        for chunk in stream:
            usage = chunk.usage or usage
            for choice in chunk.choices:
                pieces.append(choice.delta.content or "")
                if choice.finish_reason:
                    finishes.append(choice.finish_reason)
        whole = self.chat()
        expect(finishes == [whole.choices[0].finish_reason],
               f"finish_reason {finishes}, expected once {whole.choices[0].finish_reason!r}")
        expect(usage is not None, "usage was asked for and is missing")
        expect(usage.completion_tokens == whole.usage.completion_tokens,
               f"usage {usage.completion_tokens} streamed, {whole.usage.completion_tokens} whole")
        expect("".join(pieces) == whole.choices[0].message.content,
               f"streamed {''.join(pieces)!r}, whole {whole.choices[0].message.content!r}")
        return f"{len(pieces)} chunks, the same text as without a stream"

    def completions(self) -> str:
        answer = self.client.completions.create(model=self.model, prompt="Once upon a time", max_tokens=TOKENS, seed=SEED)
        expect(answer.object == "text_completion", f"object {answer.object!r}")
        expect(bool(answer.choices[0].text), "the text is empty")
        return repr(answer.choices[0].text)

    def same_seed(self) -> str:
        texts = [self.chat().choices[0].message.content for _ in range(3)]
        expect(len(set(texts)) == 1, f"seed {SEED} gave {texts}")
        return f"seed {SEED}, {len(texts)} requests, one text"

    def respond(self, **more):
        return self.client.responses.create(
            model=self.model, max_output_tokens=TOKENS, temperature=0.8, extra_body={"seed": SEED},
            **{"input": QUESTION, **more})

    def response_whole(self) -> str:
        response = self.respond()
        expect(response.status in ("completed", "incomplete"), f"status {response.status!r}")
        expect(bool(response.output_text), "the answer is empty")
        expect(0 < response.usage.output_tokens <= TOKENS, f"output_tokens {response.usage.output_tokens}")
        if response.store:
            found = self.client.responses.retrieve(response.id)
            expect(found == response, f"retrieved {found}, made {response}")
        return f"{response.usage.output_tokens} tokens, {response.status}"

    def response_streamed(self) -> str:
        events = list(self.respond(stream=True))
        numbers = [event.sequence_number for event in events]
        expect(numbers == list(range(len(events))), f"sequence numbers {numbers}")
        text = "".join(event.delta for event in events if event.type == "response.output_text.delta")
        last = events[-1].response
        expect(last.output_text == text, f"deltas {text!r}, at the end {last.output_text!r}")
        expect(self.respond().output_text == text, "another text than without a stream")
        if last.store:
            after = len(events) // 2
            rest = list(self.client.responses.retrieve(last.id, stream=True, starting_after=after))
            expect(rest == events[after + 1:], f"behind event {after} came {rest}")
        return f"{len(events)} events, {events[-1].type}"

    def response_continued(self) -> str:
        first = self.respond()
        if not first.store:
            return "not asked for: this server remembers nothing"
        second = self.respond(input="And at dusk?", previous_response_id=first.id)
        items = list(self.client.responses.input_items.list(second.id, limit=2, order="asc"))
        expect([item.role for item in items] == ["user", "assistant", "user"], f"input items {items}")
        expect(items[1].id == first.output[0].id, f"the answer is {items[1].id}, was {first.output[0].id}")
        self.client.responses.delete(first.id)
        try:
            self.client.responses.retrieve(first.id)
        except openai.NotFoundError:
            return f"{second.usage.input_tokens} tokens of conversation, then deleted"
        raise Failed("a deleted response is still there")

    def same_key(self) -> str:
        if not self.respond().store:
            return "not asked for: this server remembers nothing"
        headers = {"Idempotency-Key": str(uuid.uuid4())}
        answers = [self.client.responses.create(
            model=self.model, input=QUESTION, max_output_tokens=TOKENS, extra_headers=headers) for _ in range(2)]
        expect(answers[0] == answers[1], f"one key gave {answers}")
        return f"one key, one answer: {answers[0].id}"

    def bad_temperature(self) -> str:
        try:
            self.client.chat.completions.create(
                model=self.model, messages=QUESTION, max_completion_tokens=1, temperature=5)
        except openai.BadRequestError as e:
            expect(e.param == "temperature" and "temperature" in e.message,
                   f"the error does not name temperature: {e.message} (param {e.param!r})")
            return f"BadRequestError: {e.message}"
        raise Failed("temperature=5 was accepted")

    def unknown_model(self) -> str:
        try:
            self.client.chat.completions.create(model="no-such-model", messages=QUESTION, max_completion_tokens=1)
        except openai.NotFoundError as e:
            return f"NotFoundError: {e.message}"
        raise Failed("a model that does not exist was accepted")


def list_models(client: openai.OpenAI) -> str:
    models = [model.id for model in client.models.list()]
    expect(bool(models), "no model is listed: the server does not reach its target")
    return models[0]


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


def main() -> int:
    parser = argparse.ArgumentParser(description="Checks a WANSpec server with OpenAI's Python client.")
    parser.add_argument("base_url", help="such as http://127.0.0.1:8080/v1")
    parser.add_argument("--timeout", type=float, default=120, help="seconds for one request (%(default)s)")
    arguments = parser.parse_args()
    client = openai.OpenAI(
        base_url=arguments.base_url, api_key="unused", timeout=arguments.timeout, max_retries=0)

    model = run("models", lambda: list_models(client))
    if model is None:
        print("1 check failed; the others need a model and were not run", flush=True)
        return 1
    checks = Checks(client, model)
    results = [
        run("chat", checks.chat_whole),
        run("chat streamed", checks.chat_streamed),
        run("completions", checks.completions),
        run("responses", checks.response_whole),
        run("responses streamed, resumed", checks.response_streamed),
        run("responses continued, deleted", checks.response_continued),
        run("idempotency key", checks.same_key),
        run("same seed, same text", checks.same_seed),
        run("temperature=5 is refused", checks.bad_temperature),
        run("unknown model is refused", checks.unknown_model),
    ]
    failures = results.count(None)
    print(f"{failures} of {1 + len(results)} checks failed" if failures else f"all {1 + len(results)} checks passed")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
