"""Responses: whole, streamed, resumed, continued, in the background, cancelled, deleted."""

import time
import uuid

import openai

from checking import Failed, expect, refused
from completions import QUESTION, SEED, TOKENS

LONG = 400
LEFT = 120
WAIT_S = 60
ENDS = ("completed", "incomplete", "failed", "cancelled")


class Responses:
    def __init__(self, client: openai.OpenAI, model: str) -> None:
        self.client = client
        self.model = model

    def checks(self):
        return [
            ("responses", self.whole),
            ("responses streamed, resumed", self.streamed),
            ("responses streamed, the client's helper", self.helper),
            ("responses left, then followed", self.left),
            ("responses continued, listed", self.continued),
            ("responses deleted", self.deleted),
            ("responses not stored", self.not_stored),
            ("responses in the background", self.background),
            ("responses in the background, streamed", self.background_streamed),
            ("responses cancelled", self.cancelled),
            ("idempotency key", self.same_key),
            ("idempotency key of chat", self.same_key_of_chat),
        ]

    def respond(self, **more):
        return self.client.responses.create(
            model=self.model, temperature=0.8, extra_body={"seed": SEED},
            **{"input": QUESTION, "max_output_tokens": TOKENS, **more})

    def whole(self) -> str:
        response = self.respond(instructions="Be brief.", metadata={"kind": "check"})
        expect(response.status in ("completed", "incomplete"), f"status {response.status!r}")
        expect(bool(response.output_text), "the answer is empty")
        expect(0 < response.usage.output_tokens <= TOKENS, f"output_tokens {response.usage.output_tokens}")
        expect(response.instructions == "Be brief." and response.metadata == {"kind": "check"}, f"came {response}")
        found = self.client.responses.retrieve(response.id)
        expect(found == response, f"retrieved {found}, made {response}")
        return f"{response.usage.output_tokens} tokens, {response.status}"

    def streamed(self) -> str:
        events = list(self.respond(stream=True))
        numbers = [event.sequence_number for event in events]
        expect(numbers == list(range(len(events))), f"sequence numbers {numbers}")
        text = "".join(event.delta for event in events if event.type == "response.output_text.delta")
        last = events[-1].response
        expect(last.output_text == text, f"deltas {text!r}, at the end {last.output_text!r}")
        expect(self.respond().output_text == text, "another text than without a stream")
        for after in (0, len(events) // 2, len(events) - 2, len(events) - 1):
            rest = list(self.client.responses.retrieve(last.id, stream=True, starting_after=after))
            expect(rest == events[after + 1:], f"behind event {after} came {rest}")
        expect(list(self.client.responses.retrieve(last.id, stream=True)) == events, "from the start other events")
        return f"{len(events)} events, {events[-1].type}"

    def helper(self) -> str:
        with self.client.responses.stream(model=self.model, input=QUESTION, max_output_tokens=TOKENS) as stream:
            for event in stream:
                last = event
        expect(last.type in ("response.completed", "response.incomplete"), f"the last event is {last.type}")
        return f"{len(last.response.output_text)} characters"

    def left(self) -> str:
        with self.respond(stream=True, max_output_tokens=LEFT) as stream:
            seen = [next(stream) for _ in range(8)]
        after, response = seen[-1].sequence_number, seen[0].response
        rest = list(self.client.responses.retrieve(response.id, stream=True, starting_after=after))
        expect([event.sequence_number for event in rest] == list(range(after + 1, after + 1 + len(rest))),
               f"behind event {after} came {[event.sequence_number for event in rest]}")
        text = "".join(event.delta for event in seen + rest if event.type == "response.output_text.delta")
        expect(text == rest[-1].response.output_text, f"joined {text!r}, at the end {rest[-1].response.output_text!r}")
        return f"left after event {after}; {len(rest)} more, {rest[-1].type}"

    def continued(self) -> str:
        first = self.respond()
        second = self.respond(input="And at dusk?", previous_response_id=first.id)
        expect(second.previous_response_id == first.id, f"previous_response_id {second.previous_response_id}")
        items = list(self.client.responses.input_items.list(second.id, limit=2, order="asc"))
        expect([item.role for item in items] == ["user", "assistant", "user"], f"input items {items}")
        expect(items[1].id == first.output[0].id, f"the answer is {items[1].id}, was {first.output[0].id}")
        back = list(self.client.responses.input_items.list(second.id))
        expect(back == items[::-1], f"latest first: {back}")
        third = self.respond(input="At night?", previous_response_id=second.id)
        expect(third.usage.input_tokens > second.usage.input_tokens, "a longer conversation has no more tokens")
        return f"{third.usage.input_tokens} tokens of conversation"

    def deleted(self) -> str:
        id = self.respond().id
        self.client.responses.delete(id)
        for request in (lambda: self.client.responses.retrieve(id),
                        lambda: self.client.responses.retrieve(id, stream=True),
                        lambda: self.client.responses.input_items.list(id),
                        lambda: self.client.responses.cancel(id),
                        lambda: self.client.responses.delete(id)):
            refused(openai.NotFoundError, request, id)
        try:
            self.respond(previous_response_id=id)
        except (openai.NotFoundError, openai.BadRequestError) as e:
            return f"all of it; and {type(e).__name__} if it is continued"
        raise Failed("a deleted response was continued")

    def not_stored(self) -> str:
        response = self.respond(store=False)
        return refused(openai.NotFoundError, lambda: self.client.responses.retrieve(response.id), response.id)

    def awaited(self, id: str):
        until = time.monotonic() + WAIT_S
        while time.monotonic() < until:
            response = self.client.responses.retrieve(id)
            if response.status in ENDS:
                return response
            time.sleep(0.2)
        raise Failed(f"{id} has not ended within {WAIT_S} s")

    def background(self) -> str:
        queued = self.respond(background=True)
        expect(queued.status in ("queued", "in_progress"), f"status {queued.status!r}")
        response = self.awaited(queued.id)
        expect(response.output_text == self.respond().output_text, f"another text: {response.output_text!r}")
        return f"{queued.status}, then {response.status}"

    def background_streamed(self) -> str:
        with self.respond(background=True, stream=True) as stream:
            seen = [next(stream) for _ in range(6)]
        expect("response.queued" in [event.type for event in seen], f"events {[event.type for event in seen]}")
        after, id = seen[-1].sequence_number, seen[0].response.id
        rest = list(self.client.responses.retrieve(id, stream=True, starting_after=after))
        expect(rest[0].sequence_number == after + 1, f"behind event {after} came {rest[0]}")
        whole = list(self.client.responses.retrieve(id, stream=True))
        expect(whole == seen + rest, "afterwards other events than while it was made")
        return f"left after event {after}, followed to {rest[-1].type}"

    def cancelled(self) -> str:
        response = self.respond(background=True, max_output_tokens=LONG)
        expect(self.client.responses.cancel(response.id).status == "cancelled", "it is not cancelled")
        expect(self.client.responses.cancel(response.id).status == "cancelled", "not for a second time")
        expect(self.awaited(response.id).status == "cancelled", "it has ended otherwise")
        made = self.respond()
        return refused(openai.BadRequestError, lambda: self.client.responses.cancel(made.id), "background")

    def same_key(self) -> str:
        headers = {"Idempotency-Key": str(uuid.uuid4())}
        answers = [self.respond(extra_headers=headers) for _ in range(2)]
        expect(answers[0] == answers[1], f"one key gave {answers}")
        refused(openai.UnprocessableEntityError, lambda: self.respond(input="Else", extra_headers=headers))
        return f"one key, one answer: {answers[0].id}"

    def same_key_of_chat(self) -> str:
        headers = {"Idempotency-Key": str(uuid.uuid4())}
        answers = [self.client.chat.completions.create(
            model=self.model, messages=QUESTION, max_tokens=TOKENS, extra_headers=headers) for _ in range(2)]
        expect(answers[0] == answers[1], f"one key gave {answers}")
        return f"one key, one answer: {answers[0].id}"
