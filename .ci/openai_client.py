"""Starts `./wanspec up`, which asks for keys, on the real model and runs OpenAI's Python client against it:
tools/openai-python-check.

    openai_client.py PYTHON         one that has the client

Exits 0 if all its checks pass.
"""

import json
import re
import signal
import subprocess
import sys

import one_text


def first_key(process):
    """What `up` shows under its address."""
    for line in process.stdout:
        found = re.search(r"Authorization: Bearer (\S+)'", line)
        if found:
            return found.group(1)
    raise SystemExit("the local cloud shows no key")


def limited_key():
    made = subprocess.run(["./wanspec", "key", "create", "--json", "--name", "limited", "--scopes", "inference",
                           "--requests-per-minute", "1"], stdout=subprocess.PIPE, check=True)
    return json.loads(made.stdout)["key"]


def main():
    process, base = one_text.start("--require-keys")
    try:
        return subprocess.run([sys.argv[1], "tools/openai-python-check/check.py", "--key", first_key(process),
                               "--limited-key", limited_key(), base + "/v1"], check=False).returncode
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(60)


if __name__ == "__main__":
    sys.exit(main())
