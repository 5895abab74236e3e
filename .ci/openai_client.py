"""Starts `./wanspec up` on the real model and runs OpenAI's Python client against it: tools/openai-python-check.

    openai_client.py PYTHON         one that has the client

Exits 0 if all its checks pass.
"""

import signal
import subprocess
import sys

import one_text


def main():
    process, base = one_text.start()
    try:
        return subprocess.run([sys.argv[1], "tools/openai-python-check/check.py", base + "/v1"], check=False).returncode
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(60)


if __name__ == "__main__":
    sys.exit(main())
