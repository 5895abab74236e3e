"""Chat completions and plain ones, whole and streamed."""

import asyncio

import openai

from checking import Failed, expect, refused

SEED = 7
TOKENS = 24
AT_ONCE = 8
QUESTION = [{"role": "user", "content": "Why is the sky blue?"}]
SAMPLED = {"temperature": 0.8, "top_p": 0.95, "seed": SEED}


class Completions:
    def __init__(self, client: openai.OpenAI, model: str) -> None:
        self.client = client
        self.model = model
        self.asked = {"model": model, "messages": QUESTION, "max_completion_tokens": TOKENS, **SAMPLED}

    def checks(self):
        return [
            ("one model", self.one_model),
            ("chat", self.chat_whole),
            ("chat streamed", self.chat_streamed),
            ("chat streamed, the client's helper", self.chat_helper),
            ("chat streamed, many at once", self.chat_at_once),
            ("chat streamed, left early", self.chat_left),
            ("completions", self.plain),
            ("completions streamed", self.plain_streamed),
            ("same seed, same text", self.same_seed),
            ("temperature=5 is refused", self.bad_temperature),
            ("unknown model is refused", self.unknown_model),
            ("a prompt that is too long is refused", self.long_prompt),
            ("a body that is too long is refused", self.long_body),
        ]

    def chat(self):
        return self.client.chat.completions.create(**self.asked)

    def text(self) -> str:
        return self.chat().choices[0].message.content

    def one_model(self) -> str:
        model = self.client.models.retrieve(self.model)
        expect(model.id == self.model and model.object == "model", f"came {model}")
        refused(openai.NotFoundError, lambda: self.client.models.retrieve("no-such-model"), "no-such-model")
        return f"owned by {model.owned_by}; another one is not found"

    def chat_whole(self) -> str:
        raw = self.client.chat.completions.with_raw_response.create(**self.asked)
        expect(bool(raw.headers.get("x-request-id")), f"no x-request-id in {raw.headers}")
        answer = raw.parse()
        choice = answer.choices[0]
        expect(choice.message.role == "assistant", f"role {choice.message.role!r}, expected 'assistant'")
        expect(bool(choice.message.content), "the answer is empty")
        expect(choice.finish_reason in ("stop", "length"), f"finish_reason {choice.finish_reason!r}")
        expect(answer.usage is not None, "usage is missing")
        expect(0 < answer.usage.completion_tokens <= TOKENS, f"completion_tokens {answer.usage.completion_tokens}")
        return f"{answer.usage.completion_tokens} tokens, {choice.finish_reason}: {choice.message.content!r}"

    def chat_streamed(self) -> str:
        stream = self.client.chat.completions.create(**self.asked, stream=True, stream_options={"include_usage": True})
        pieces, roles, finishes, usage = [], [], [], None
        for chunk in stream:
            expect(usage is None, "something follows usage")
            usage = chunk.usage
            for choice in chunk.choices:
                pieces.append(choice.delta.content or "")
                roles += [choice.delta.role] if choice.delta.role else []
                finishes += [choice.finish_reason] if choice.finish_reason else []
        whole = self.chat()
        expect(roles == ["assistant"], f"roles {roles}")
        expect(finishes == [whole.choices[0].finish_reason],
               f"finish_reason {finishes}, expected once {whole.choices[0].finish_reason!r}")
        # How much of the prompt was cached is the second request's own.
        counts = [(said.prompt_tokens, said.completion_tokens, said.total_tokens) for said in (usage, whole.usage)]
        expect(counts[0] == counts[1], f"usage {usage} streamed, {whole.usage} whole")
        expect("".join(pieces) == whole.choices[0].message.content,
               f"streamed {''.join(pieces)!r}, whole {whole.choices[0].message.content!r}")
        return f"{len(pieces)} chunks, the same text as without a stream"

    def chat_helper(self) -> str:
        text = self.text()
        # The helper refuses an answer that its limit cut ("length"): this one ends at a stop sequence, of any model.
        asked = {**self.asked, "stop": text[len(text) // 2:][:8]}
        with self.client.chat.completions.stream(**asked) as stream:
            kinds = [event.type for event in stream]
            final = stream.get_final_completion()
        expect(kinds[-1] == "content.done", f"the last event is {kinds[-1]}")
        cut = text[:text.index(asked["stop"])]
        expect(final.choices[0].message.content == cut, f"came {final.choices[0].message}, not {cut!r}")
        return f"{kinds.count('content.delta')} deltas"

    def chat_at_once(self) -> str:
        texts = asyncio.run(self.streams())
        expect(set(texts) == {self.text()}, f"{AT_ONCE} streams at once gave {set(texts)}")
        return f"{AT_ONCE} streams, one text"

    async def streams(self) -> list[str]:
        async with openai.AsyncOpenAI(base_url=self.client.base_url, api_key=self.client.api_key,
                                      timeout=self.client.timeout, max_retries=0) as client:
            return await asyncio.gather(*(self.stream(client) for _ in range(AT_ONCE)))

    async def stream(self, client: openai.AsyncOpenAI) -> str:
        stream = await client.chat.completions.create(**self.asked, stream=True)
        return "".join([choice.delta.content or "" async for chunk in stream for choice in chunk.choices])

    def chat_left(self) -> str:
        with self.client.chat.completions.create(**{**self.asked, "max_completion_tokens": 400}, stream=True) as stream:
            first = [next(stream) for _ in range(3)]
        expect(bool(self.text()), "the next answer is empty")
        return f"after {len(first)} chunks; the next request is answered"

    def plain(self) -> str:
        answer = self.client.completions.create(model=self.model, prompt="Once upon a time", max_tokens=TOKENS, seed=SEED)
        expect(answer.object == "text_completion", f"object {answer.object!r}")
        expect(bool(answer.choices[0].text), "the text is empty")
        return repr(answer.choices[0].text)

    def plain_streamed(self) -> str:
        asked = {"model": self.model, "prompt": "Once upon a time", "max_tokens": TOKENS, "seed": SEED}
        chunks = list(self.client.completions.create(**asked, stream=True))
        whole = self.client.completions.create(**asked)
        expect({chunk.object for chunk in chunks} == {"text_completion"}, f"objects {chunks}")
        text = "".join(choice.text for chunk in chunks for choice in chunk.choices)
        expect(text == whole.choices[0].text, f"streamed {text!r}, whole {whole.choices[0].text!r}")
        finishes = [choice.finish_reason for chunk in chunks for choice in chunk.choices if choice.finish_reason]
        expect(finishes == [whole.choices[0].finish_reason], f"finish_reason {finishes}")
        return f"{len(chunks)} chunks, the same text as without a stream"

    def same_seed(self) -> str:
        texts = [self.text() for _ in range(3)]
        expect(len(set(texts)) == 1, f"seed {SEED} gave {texts}")
        return f"seed {SEED}, {len(texts)} requests, one text"

    def bad_temperature(self) -> str:
        return refused(openai.BadRequestError,
                       lambda: self.client.chat.completions.create(**{**self.asked, "temperature": 5}), "temperature")

    def unknown_model(self) -> str:
        return refused(openai.NotFoundError,
                       lambda: self.client.chat.completions.create(**{**self.asked, "model": "no-such-model"}))

    def long_prompt(self) -> str:
        messages = [{"role": "user", "content": "why " * 20_000}]
        return refused(openai.BadRequestError,
                       lambda: self.client.chat.completions.create(**{**self.asked, "messages": messages}, stream=True))

    def long_body(self) -> str:
        messages = [{"role": "user", "content": "x" * 5_000_000}]
        try:
            self.client.chat.completions.create(**{**self.asked, "messages": messages})
        except openai.APIStatusError as e:
            expect(e.status_code == 413, f"status {e.status_code}: {e.message}")
            return f"{e.status_code}: {e.message}"
        raise Failed("5 MB were accepted")
