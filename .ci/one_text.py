"""Starts `./wanspec up` on the real model and checks, over HTTP, that every mode writes the same text as the target alone.

Standard library only. Exits 0 if all prompts agree; prints one line a check and a closing line of counts.
"""

import json
import re
import signal
import subprocess
import sys
import urllib.request

RTT_MS = 30
MAX_TOKENS = 32
START_LIMIT_LINES = 400


def start(*options):
    """Returns the process and the gateway's base URL."""
    process = subprocess.Popen(["./wanspec", "up", "--wait-for-drafts", "--rtt", str(RTT_MS), "--port", "0", *options],
                               stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    for _ in range(START_LIMIT_LINES):
        line = process.stdout.readline()
        if not line:
            break
        sys.stdout.write(line)
        found = re.search(r"http://127\.0\.0\.1:\d+(?=/v1)", line)
        if found:
            return process, found.group(0)
    process.terminate()
    raise SystemExit("the local cloud did not start")


def complete(base, prompt, temperature, extension):
    body = {"model": "smollm2-135m-instruct", "messages": [{"role": "user", "content": prompt}], "seed": 7,
            "max_tokens": MAX_TOKENS, "temperature": temperature,
            "wanspec": {"include_token_ids": True, **extension}}
    request = urllib.request.Request(base + "/v1/chat/completions", json.dumps(body).encode(),
                                     {"content-type": "application/json"})
    with urllib.request.urlopen(request, timeout=120) as answer:
        return json.load(answer)["wanspec"]["ledger"]["tokenIds"]


MODES = [{"mode": "wanspec", "redundancy": "never"}, {"mode": "wanspec", "redundancy": "always"},
         {"mode": "wanspec", "redundancy": "value"}, {"mode": "wanspec", "draft": "chain", "redundancy": "entropy"},
         {"mode": "colocated", "run_length": 4}]


def main():
    with open(".ci/prompts", encoding="utf-8") as file:
        prompts = [line.rstrip("\n") for line in file if line.strip()]
    process, base = start()
    passed = failed = 0
    try:
        for index, prompt in enumerate(prompts):
            for temperature in (0, 0.8):
                expected = complete(base, prompt, temperature, {"mode": "target-only"})
                mode = MODES[(index + (temperature > 0)) % len(MODES)]
                same = bool(expected) and complete(base, prompt, temperature, mode) == expected
                passed, failed = passed + same, failed + (not same)
                print("identical" if same else "DIFFERENT", temperature, mode, prompt, flush=True)
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(60)
    print(f"{passed} passed, {failed} failed")
    return 1 if failed or not passed else 0


if __name__ == "__main__":
    sys.exit(main())
