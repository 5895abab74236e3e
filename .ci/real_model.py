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

import local_cloud
import one_text

CHECKS_SECONDS = 1_200


def first_key(process):
    """What `up` shows under its address."""
    for line in process.stdout:
        found = re.search(r"Authorization: Bearer (\S+)'", line)
        if found:
            return found.group(1)
    raise SystemExit("the local cloud shows no key")


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
    process, base = local_cloud.start("--require-keys")
    try:
        key = first_key(process)
        well = [one_text.check(base, key),
                checked(sys.argv[1], "tools/openai-python-check/check.py", "--key", key, "--limited-key", limited_key(), base + "/v1"),
                checked(sys.argv[2], "tools/clients-check/check.py", "--key", key, base + "/v1")]
        return 0 if all(well) else 1
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(60)


if __name__ == "__main__":
    sys.exit(main())
