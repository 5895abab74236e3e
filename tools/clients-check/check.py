#!/usr/bin/env python3
"""Checks a WANSpec server with LangChain's ChatOpenAI and with LiteLLM, unmodified: one line a check, exit status 1 if any fails.

    check.py [--key KEY] BASE_URL        such as http://127.0.0.1:8080/v1
"""

import argparse
import os
import pathlib
import sys

# Neither is to ask anybody for prices or to tell anybody of its use.
os.environ.update(LITELLM_LOCAL_MODEL_COST_MAP="True", LITELLM_TELEMETRY="False", LANGCHAIN_TRACING_V2="false", LANGSMITH_TRACING="false")
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "openai-python-check"))

import litellm  # noqa: E402
import openai  # noqa: E402
from langchain_core.messages import AIMessage, HumanMessage, ToolMessage  # noqa: E402
from langchain_openai import ChatOpenAI  # noqa: E402

from checking import expect, run  # noqa: E402

litellm.telemetry = False
SEED = 7
FEW = 12
QUESTION = "Why is the sky blue?"
PROMPT = "Once upon a time"
SAMPLED = {"temperature": 0.8, "top_p": 0.95, "seed": SEED}
CALL = {"name": "weather", "args": {"city": "Oslo"}, "id": "call_1", "type": "tool_call"}


class LangChain:
    def __init__(self, base_url, key, model):
        self.base = {"base_url": base_url, "api_key": key, "model": model, "max_retries": 0, "timeout": 120,
                     "max_completion_tokens": FEW, **SAMPLED}

    def checks(self):
        return [
            ("LangChain: invoke, stream, batch", self.texts),
            ("LangChain: logprobs", self.logprobs),
            ("LangChain: penalties, biases, stop", self.rules),
            ("LangChain: parameters of open servers", self.extra),
            ("LangChain: several texts", self.several),
            ("LangChain: a prediction, usage", self.prediction),
            ("LangChain: an answer with calls of tools", self.tools_before),
            ("LangChain: responses", self.responses),
        ]

    def chat(self, **more):
        return ChatOpenAI(**{**self.base, **more})

    def texts(self):
        chat = self.chat(stream_usage=True)
        whole = chat.invoke(QUESTION)
        chunks = list(chat.stream(QUESTION))
        expect("".join(chunk.content for chunk in chunks) == whole.content, f"streamed {chunks}, whole {whole}")
        usages = [chunk.usage_metadata for chunk in chunks if chunk.usage_metadata]
        expect(usages[-1]["output_tokens"] == whole.usage_metadata["output_tokens"], f"usage {usages}")
        expect([one.content for one in chat.batch([QUESTION, QUESTION])] == [whole.content] * 2, "a batch has others")
        return repr(whole.content)

    def logprobs(self):
        answer = self.chat(logprobs=True, top_logprobs=2).invoke(QUESTION)
        entries = answer.response_metadata["logprobs"]["content"]
        expect(len(entries) == answer.usage_metadata["output_tokens"], f"{len(entries)} entries, {answer.usage_metadata}")
        return f"{len(entries)} entries"

    def rules(self):
        plain = self.chat().invoke(QUESTION).content
        stop = plain[len(plain) // 2:][:3]
        ruled = self.chat(frequency_penalty=0.5, presence_penalty=0.5, logit_bias={314: -100, 28: 2}).invoke(QUESTION)
        cut = self.chat(stop=[stop]).invoke(QUESTION)
        expect(bool(ruled.content), f"came {ruled}")
        expect(cut.content == plain[:plain.index(stop)], f"came {cut.content!r}")
        return repr(cut.content)

    def extra(self):
        body = {"top_k": 40, "min_p": 0.05, "min_tokens": 3, "repetition_penalty": 1.1, "ignore_eos": True, "stop_token_ids": [0],
                "include_stop_str_in_output": True, "wanspec": {"mode": "target-only"}}
        answer = self.chat(extra_body=body).invoke(QUESTION)
        expect(answer.usage_metadata["output_tokens"] >= 3, f"came {answer}")
        return f"{answer.usage_metadata['output_tokens']} tokens"

    def several(self):
        made = self.chat(n=2).generate([[HumanMessage(QUESTION)]]).generations[0]
        expect(len(made) == 2, f"came {made}")
        expect(made[0].text == self.chat().invoke(QUESTION).content, "the first is another than alone")
        return f"{len(made)} texts"

    def prediction(self):
        plain = self.chat(temperature=0).invoke(QUESTION)
        answer = self.chat(temperature=0).bind(prediction={"type": "content", "content": plain.content}).invoke(QUESTION)
        details = answer.response_metadata["token_usage"]["completion_tokens_details"]
        expect(answer.content == plain.content, f"came {answer.content!r}, not {plain.content!r}")
        expect(details["accepted_prediction_tokens"] > 0, f"came {details}")
        expect(answer.usage_metadata["input_token_details"]["cache_read"] > 0, f"came {answer.usage_metadata}")
        return f"{details['accepted_prediction_tokens']} accepted"

    def tools_before(self):
        talk = [HumanMessage(QUESTION), AIMessage("", tool_calls=[CALL]), ToolMessage("rain", tool_call_id="call_1")]
        answer = self.chat().invoke(talk)
        expect(bool(answer.content), f"came {answer}")
        return repr(answer.content)

    def responses(self):
        answer = self.chat(use_responses_api=True, seed=None).invoke(QUESTION)
        expect(bool(answer.text), f"came {answer}")
        return repr(str(answer.text))


class LiteLlm:
    def __init__(self, base_url, key, model):
        self.base = {"api_base": base_url, "api_key": key, "num_retries": 0, "timeout": 120, **SAMPLED}
        self.model = model

    def checks(self):
        return [
            ("LiteLLM: completion, streamed and not", self.texts),
            ("LiteLLM: logprobs, several texts", self.logprobs),
            ("LiteLLM: penalties, biases, stop", self.rules),
            ("LiteLLM: parameters of open servers", self.extra),
            ("LiteLLM: plain completions", self.plain),
        ]

    def chat(self, **more):
        return litellm.completion(model="openai/" + self.model, messages=[{"role": "user", "content": QUESTION}],
                                  **{**self.base, "max_completion_tokens": FEW, **more})

    def texts(self):
        whole = self.chat()
        text = "".join(chunk.choices[0].delta.content or "" for chunk in self.chat(stream=True) if chunk.choices)
        expect(text == whole.choices[0].message.content, f"streamed {text!r}, whole {whole}")
        expect(whole.usage.prompt_tokens_details.cached_tokens is not None, f"came {whole.usage}")
        return repr(text)

    def logprobs(self):
        answer = self.chat(logprobs=True, top_logprobs=2, n=2)
        expect(len(answer.choices) == 2, f"came {answer}")
        entries = [len(choice.logprobs.content) for choice in answer.choices]
        expect(sum(entries) == answer.usage.completion_tokens, f"{entries} entries, {answer.usage}")
        return f"{entries} entries"

    def rules(self):
        plain = self.chat().choices[0].message.content
        stop = plain[len(plain) // 2:][:3]
        cut = self.chat(stop=stop).choices[0].message.content
        expect(cut == plain[:plain.index(stop)], f"came {cut!r}")
        ruled = self.chat(frequency_penalty=0.5, presence_penalty=0.5, logit_bias={"314": -100})
        expect(bool(ruled.choices[0].message.content), f"came {ruled}")
        return repr(cut)

    def extra(self):
        answer = self.chat(extra_body={"top_k": 40, "min_p": 0.05, "min_tokens": 3, "repetition_penalty": 1.1})
        expect(answer.usage.completion_tokens >= 3, f"came {answer.usage}")
        return f"{answer.usage.completion_tokens} tokens"

    def plain(self):
        base = {key: value for key, value in self.base.items()}
        answer = litellm.text_completion(model="text-completion-openai/" + self.model, prompt=PROMPT, max_tokens=FEW, **base)
        best = litellm.text_completion(model="text-completion-openai/" + self.model, prompt=PROMPT, max_tokens=FEW, n=1, best_of=3,
                                       echo=True, **base)
        expect(bool(answer.choices[0].text), f"came {answer}")
        expect(best.choices[0].text.startswith(PROMPT), f"came {best}")
        return repr(answer.choices[0].text)


def main():
    parser = argparse.ArgumentParser(description="Checks a WANSpec server with LangChain and LiteLLM.")
    parser.add_argument("base_url", help="such as http://127.0.0.1:8080/v1")
    parser.add_argument("--key", default="unused", help="where the server asks for one")
    asked = parser.parse_args()
    model = openai.OpenAI(base_url=asked.base_url, api_key=asked.key).models.list().data[0].id
    parties = [LangChain(asked.base_url, asked.key, model), LiteLlm(asked.base_url, asked.key, model)]
    results = [run(name, check) for party in parties for name, check in party.checks()]
    failures = results.count(None)
    print(f"{failures} of {len(results)} checks failed" if failures else f"all {len(results)} checks passed")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
