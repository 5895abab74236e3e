"""Checks, over HTTP, that every mode of a local cloud writes the same text as the target alone. Standard library only."""

import json
import urllib.request

MAX_TOKENS = 32
MODES = [{"mode": "wanspec", "redundancy": "never"}, {"mode": "wanspec", "redundancy": "always"},
         {"mode": "wanspec", "redundancy": "value"}, {"mode": "wanspec", "draft": "chain", "redundancy": "entropy"},
         {"mode": "colocated", "run_length": 4}]


def complete(base, key, prompt, temperature, extension):
    body = {"model": "smollm2-135m-instruct", "messages": [{"role": "user", "content": prompt}], "seed": 7,
            "max_tokens": MAX_TOKENS, "temperature": temperature,
            "wanspec": {"include_token_ids": True, **extension}}
    request = urllib.request.Request(base + "/v1/chat/completions", json.dumps(body).encode(),
                                     {"content-type": "application/json", "authorization": "Bearer " + key})
    with urllib.request.urlopen(request, timeout=120) as answer:
        return json.load(answer)["wanspec"]["ledger"]["tokenIds"]


def check(base, key):
    """Prints one line a check and a closing line of counts. Returns whether all prompts agree."""
    with open(".ci/prompts", encoding="utf-8") as file:
        prompts = [line.rstrip("\n") for line in file if line.strip()]
    passed = failed = 0
    for index, prompt in enumerate(prompts):
        for temperature in (0, 0.8):
            expected = complete(base, key, prompt, temperature, {"mode": "target-only"})
            mode = MODES[(index + (temperature > 0)) % len(MODES)]
            same = bool(expected) and complete(base, key, prompt, temperature, mode) == expected
            passed, failed = passed + same, failed + (not same)
            print("identical" if same else "DIFFERENT", temperature, mode, prompt, flush=True)
    print(f"{passed} passed, {failed} failed", flush=True)
    return passed > 0 and failed == 0
