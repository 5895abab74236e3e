"""Parameters that OpenAI's client has a name for, and, through extra_body, those that other servers have beside them."""

import math

import openai

from checking import expect, refused
from completions import QUESTION, SEED

FEW = 12
PROMPT = "Once upon a time"
CODE = "def add(a, b):\n    total = a + b\n    return total\n"


class Parameters:
    def __init__(self, client: openai.OpenAI, model: str) -> None:
        self.client = client
        self.model = model

    def checks(self):
        return [
            ("logprobs of a chat", self.chat_logprobs),
            ("logprobs of a completion, echoed", self.echo),
            ("logprobs of a response", self.response_logprobs),
            ("several texts", self.several),
            ("several prompts, of tokens too", self.prompts),
            ("best of several", self.best),
            ("penalties and biases", self.rules),
            ("stop strings", self.stop),
            ("parameters of open servers", self.extra),
            ("a prediction", self.prediction),
            ("an answer with calls of tools", self.tools_before),
            ("chunks of one size", self.obfuscation),
        ]

    def chat(self, **more):
        asked = {"model": self.model, "messages": QUESTION, "max_completion_tokens": FEW, "temperature": 0.8, "seed": SEED}
        return self.client.chat.completions.create(**{**asked, **more})

    def complete(self, **more):
        asked = {"model": self.model, "prompt": PROMPT, "max_tokens": FEW, "temperature": 0.8, "seed": SEED}
        return self.client.completions.create(**{**asked, **more})

    def chat_logprobs(self) -> str:
        answer = self.chat(logprobs=True, top_logprobs=3)
        entries = answer.choices[0].logprobs.content
        expect(len(entries) == answer.usage.completion_tokens, f"{len(entries)} entries, {answer.usage}")
        expect(all(len(entry.top_logprobs) == 3 and entry.logprob <= 0 for entry in entries), f"came {entries}")
        joined = b"".join(bytes(entry.bytes) for entry in entries).decode()
        expect(joined.startswith(answer.choices[0].message.content), f"entries say {joined!r}")
        streamed = [entry for chunk in self.chat(logprobs=True, top_logprobs=3, stream=True)
                    for choice in chunk.choices if choice.logprobs for entry in choice.logprobs.content]
        expect(streamed == entries, "streamed they are others")
        return f"{len(entries)} entries, the same streamed"

    def echo(self) -> str:
        plain = self.complete(logprobs=2)
        echoed = self.complete(logprobs=2, echo=True)
        told = echoed.choices[0].logprobs
        expect(echoed.choices[0].text == PROMPT + plain.choices[0].text, f"came {echoed.choices[0].text!r}")
        expect(told.token_logprobs[0] is None and all(value <= 0 for value in told.token_logprobs[1:]), f"came {told}")
        tokens = echoed.usage.prompt_tokens + echoed.usage.completion_tokens
        expect(len(told.tokens) == tokens == len(told.text_offset), f"{len(told.tokens)} entries of {tokens} tokens")
        expect(told.token_logprobs[echoed.usage.prompt_tokens:] == plain.choices[0].logprobs.token_logprobs,
               "the text's are others than without its prompt")
        return f"{tokens} entries, the first without a value"

    def response_logprobs(self) -> str:
        response = self.client.responses.create(
            model=self.model, input=QUESTION, max_output_tokens=FEW, top_logprobs=2, include=["message.output_text.logprobs"])
        entries = response.output[0].content[0].logprobs
        expect(len(entries) == response.usage.output_tokens, f"{len(entries)} entries, {response.usage}")
        return f"{len(entries)} entries"

    def several(self) -> str:
        one, three = self.chat(), self.chat(n=3)
        expect([choice.index for choice in three.choices] == [0, 1, 2], f"came {three.choices}")
        expect(three.choices[0].message.content == one.choices[0].message.content, "the first is another than alone")
        ended = [choice.index for chunk in self.chat(n=3, stream=True) for choice in chunk.choices if choice.finish_reason]
        expect(sorted(ended) == [0, 1, 2], f"streamed, these end: {ended}")
        return f"{len({choice.message.content for choice in three.choices})} different ones of 3"

    def prompts(self) -> str:
        both = self.complete(prompt=[PROMPT, "Twice"])
        expect(both.choices[0].text == self.complete().choices[0].text, "the first is another than alone")
        ids = self.complete(prompt=[[504, 6376], [314]])
        expect(len(both.choices) == len(ids.choices) == 2, f"came {both.choices}, {ids.choices}")
        return f"{ids.usage.prompt_tokens} tokens in two prompts"

    def best(self) -> str:
        made = self.complete(n=4, logprobs=0)
        best = self.complete(n=1, best_of=4)
        likeliest = max(made.choices, key=lambda choice: math.fsum(choice.logprobs.token_logprobs) / len(choice.logprobs.tokens))
        expect(best.choices[0].text == likeliest.text, f"came {best.choices[0].text!r}, not {likeliest.text!r}")
        return refused(openai.BadRequestError, lambda: self.complete(best_of=2, stream=True), "best_of")

    def rules(self) -> str:
        plain = self.chat(logprobs=True)
        tokens = plain.model_extra["wanspec"]["ledger"].get("tokenIds") or self.chat(
            extra_body={"wanspec": {"include_token_ids": True}}).model_extra["wanspec"]["ledger"]["tokenIds"]
        banned = self.chat(logit_bias={str(tokens[0]): -100}, frequency_penalty=0.5, presence_penalty=-0.5,
                           extra_body={"wanspec": {"include_token_ids": True}})
        came = banned.model_extra["wanspec"]["ledger"]["tokenIds"]
        expect(tokens[0] not in came, f"the token {tokens[0]} is banned and came: {came}")
        return f"without the token {tokens[0]}"

    def stop(self) -> str:
        text = self.chat().choices[0].message.content
        stop = text[len(text) // 2:][:4]
        cut = self.chat(stop=[stop, "never"])
        expect(cut.choices[0].message.content == text[:text.index(stop)] and cut.choices[0].finish_reason == "stop", f"came {cut}")
        return repr(stop)

    def extra(self) -> str:
        answer = self.chat(extra_body={"top_k": 40, "min_p": 0.05, "min_tokens": 3, "repetition_penalty": 1.1, "ignore_eos": True,
                                       "stop_token_ids": [0], "include_stop_str_in_output": True, "skip_special_tokens": True})
        expect(answer.usage.completion_tokens >= 3, f"came {answer.usage}")
        return f"{answer.usage.completion_tokens} tokens"

    def prediction(self) -> str:
        question = [{"role": "user", "content": "Repeat this function:\n" + CODE}]
        asked = {"messages": question, "max_completion_tokens": 32, "temperature": 0}
        plain = self.chat(**asked)
        predicted = self.chat(**asked, prediction={"type": "content", "content": plain.choices[0].message.content})
        expect(predicted.choices == plain.choices, f"came {predicted.choices}, not {plain.choices}")
        details = predicted.usage.completion_tokens_details
        expect(details.accepted_prediction_tokens > 0, f"came {details}")
        expect(predicted.usage.prompt_tokens_details.cached_tokens > 0, "the prompt was there before, and nothing was cached")
        return f"{details.accepted_prediction_tokens} of its tokens were accepted, {details.rejected_prediction_tokens} not"

    def tools_before(self) -> str:
        call = {"id": "call_1", "type": "function", "function": {"name": "weather", "arguments": '{"city": "Oslo"}'}}
        answer = self.chat(messages=[*QUESTION, {"role": "assistant", "content": None, "tool_calls": [call]},
                                     {"role": "tool", "tool_call_id": "call_1", "content": "rain"}], tool_choice="none",
                           tools=[{"type": "function", "function": {"name": "weather", "parameters": {"type": "object"}}}])
        expect(bool(answer.choices[0].message.content), f"came {answer}")
        return repr(answer.choices[0].message.content)

    def obfuscation(self) -> str:
        stream = self.client.chat.completions.with_raw_response.create(
            model=self.model, messages=QUESTION, max_completion_tokens=FEW, stream=True,
            stream_options={"include_obfuscation": True})
        sizes = {len(line.encode()) for line in stream.http_response.iter_lines() if '"obfuscation"' in line}
        expect(len(sizes) == 1, f"sizes {sizes}")
        return f"{sizes.pop()} bytes each"
