"""Starts `./wanspec up`, which asks for keys, on the real model and checks it over HTTP: that every mode writes the same text as the
target alone, then with OpenAI's Python client, LangChain and LiteLLM (tools/openai-python-check, tools/clients-check).

    real_model.py PYTHON PYTHON        one that has OpenAI's client, and one that has the others

Exits 0 if all checks pass.
"""

import json
import re
import signal
import subprocess
import sys
import time

import one_text

RTT_MS = 30
START_LIMIT_LINES = 400
CHECKS_SECONDS = 1_200


def start():
    """Returns the process, the gateway's base URL and the key that `up` shows under it."""
    process = subprocess.Popen(["./wanspec", "up", "--wait-for-drafts", "--require-keys", "--rtt", str(RTT_MS), "--port", "0"],
                               stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    base = None
    for _ in range(START_LIMIT_LINES):
        line = process.stdout.readline()
        if not line:
            break
        address = re.search(r"http://127\.0\.0\.1:\d+(?=/v1)", line)
        base = base or (address and address.group(0))
        key = re.search(r"Authorization: Bearer (\S+)'", line)
        if base and key:
            return process, base, key.group(1)
        if not key:
            sys.stdout.write(line)
    process.terminate()
    raise SystemExit("the local cloud did not start, or shows no key")


def limited_key():
    made = subprocess.run(["./wanspec", "key", "create", "--json", "--name", "limited", "--scopes", "inference",
                           "--requests-per-minute", "1"], stdout=subprocess.PIPE, check=True, timeout=120)
    return json.loads(made.stdout)["key"]


def checked(*command):
    begun = time.monotonic()
    try:
        return subprocess.run(command, check=False, timeout=CHECKS_SECONDS).returncode == 0
    except subprocess.TimeoutExpired:
        print(f"{command[1]} took more than {CHECKS_SECONDS} s", flush=True)
        return False
    finally:
        print(f"{command[1]} took {time.monotonic() - begun:.0f} s", flush=True)


def main():
    process, base, key = start()
    try:
        well = [one_text.check(base, key),
                checked(sys.argv[1], "tools/openai-python-check/check.py", "--key", key, "--limited-key", limited_key(), base + "/v1"),
                checked(sys.argv[2], "tools/clients-check/check.py", "--key", key, base + "/v1")]
        return 0 if all(well) else 1
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(60)


if __name__ == "__main__":
    sys.exit(main())
