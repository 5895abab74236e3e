"""Starts `./wanspec up` on the real model. Standard library only."""

import re
import subprocess
import sys

RTT_MS = 30
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
