"""Hugging Face assisted generation as a program: a prompt a line in, what it took out, both JSON.

    python assisted.py TARGET_FOLDER TARGET.gguf DRAFT_FOLDER

In:  {"prompt": "Why?", "tokens": 32, "assisted": true}
Out: {"tokens": 32, "firstMs": 70.1, "totalMs": 900.5, "text": "..."}
"""

import json
import sys
import time

import torch
from transformers import AutoModelForCausalLM, AutoTokenizer, LlamaConfig, LlamaForCausalLM
from transformers.generation.streamers import BaseStreamer

from draft import NEVER, Draft


class ScatteredHead(torch.nn.Module):
    """The few logits where they belong in the whole vocabulary."""

    def __init__(self, draft):
        super().__init__()
        self.weight = torch.nn.Parameter(torch.from_numpy(draft.tensors["lm_head.weight"]))
        self.register_buffer("proposed", torch.from_numpy(draft.proposed))
        self.vocabulary = draft.vocabulary

    def forward(self, hidden):
        whole = hidden.new_full((*hidden.shape[:-1], self.vocabulary), NEVER)
        whole[..., self.proposed] = hidden @ self.weight.T
        return whole


def assistant(folder):
    with open(f"{folder}/config.json", encoding="utf-8") as file:
        read = json.load(file)
    for own in ("draft_vocab_size", "wanspec", "torch_dtype", "architectures"):
        read.pop(own, None)
    draft = Draft(folder)
    model = LlamaForCausalLM(LlamaConfig(**read))
    weights = {name: torch.from_numpy(tensor) for name, tensor in draft.tensors.items() if name != "lm_head.weight"}
    missing, unexpected = model.load_state_dict(weights, strict=False)
    if unexpected or [name for name in missing if name != "lm_head.weight"]:
        sys.exit(f"the draft is no Llama: {missing} are missing, {unexpected} are unknown")
    model.lm_head = ScatteredHead(draft)
    return model.eval()


class FirstToken(BaseStreamer):
    """Notes when the first token behind the prompt came."""

    def __init__(self):
        self.calls = 0
        self.at = None

    def put(self, value):
        self.calls += 1
        if self.calls == 2:
            self.at = time.perf_counter()

    def end(self):
        pass


def answer(target, tokenizer, helper, asked):
    chat = tokenizer.apply_chat_template([{"role": "user", "content": asked["prompt"]}], add_generation_prompt=True,
                                         return_tensors="pt", return_dict=True)
    first = FirstToken()
    begun = time.perf_counter()
    with torch.inference_mode():
        out = target.generate(**chat, max_new_tokens=asked["tokens"], do_sample=False, streamer=first,
                              assistant_model=helper if asked["assisted"] else None)
    ended = time.perf_counter()
    new = out[0, chat["input_ids"].shape[1]:]
    return {"tokens": len(new), "firstMs": (first.at - begun) * 1e3, "totalMs": (ended - begun) * 1e3,
            "text": tokenizer.decode(new, skip_special_tokens=True)}


def main(folder, file, draft):
    torch.set_num_threads(1)
    tokenizer = AutoTokenizer.from_pretrained(folder, gguf_file=file)
    target = AutoModelForCausalLM.from_pretrained(folder, gguf_file=file, dtype=torch.float32).eval()
    helper = assistant(draft)
    print("{}", flush=True)
    for line in sys.stdin:
        print(json.dumps(answer(target, tokenizer, helper, json.loads(line))), flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
