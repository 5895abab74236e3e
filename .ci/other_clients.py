"""Starts `./wanspec up` on the real model and runs LangChain and LiteLLM against it: tools/clients-check.

    other_clients.py PYTHON         one that has them

Exits 0 if all their checks pass.
"""

import signal
import subprocess
import sys

import one_text


def main():
    process, base = one_text.start()
    try:
        return subprocess.run([sys.argv[1], "tools/clients-check/check.py", base + "/v1"], check=False).returncode
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(60)


if __name__ == "__main__":
    sys.exit(main())
