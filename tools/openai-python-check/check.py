#!/usr/bin/env python3
"""Checks a WANSpec server with OpenAI's own Python client: one line a check, exit status 1 if any fails.

    check.py [--timeout SECONDS] [--key KEY [--limited-key KEY]] BASE_URL        such as http://127.0.0.1:8080/v1
"""

import argparse
import sys

import openai

from checking import expect, run
from completions import Completions
from keys import Keys
from parameters import Parameters
from responses import Responses


def list_models(client: openai.OpenAI) -> str:
    models = [model.id for model in client.models.list()]
    expect(bool(models), "no model is listed: the server does not reach its target")
    return models[0]


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Checks a WANSpec server with OpenAI's Python client.")
    parser.add_argument("base_url", help="such as http://127.0.0.1:8080/v1")
    parser.add_argument("--timeout", type=float, default=120, help="seconds for one request (%(default)s)")
    parser.add_argument("--key", default="unused", help="where the server asks for one")
    parser.add_argument("--limited-key", help="another, with the scope inference and one request a minute")
    return parser.parse_args()


def main() -> int:
    asked = arguments()
    client = openai.OpenAI(base_url=asked.base_url, api_key=asked.key, timeout=asked.timeout, max_retries=0)
    model = run("models", lambda: list_models(client))
    if model is None:
        print("1 check failed; the others need a model and were not run", flush=True)
        return 1
    checks = Completions(client, model).checks() + Parameters(client, model).checks() + Responses(client, model).checks()
    if asked.limited_key:
        checks += Keys(client, model, asked.limited_key).checks()
    results = [run(name, check) for name, check in checks]
    failures = results.count(None)
    print(f"{failures} of {1 + len(results)} checks failed" if failures else f"all {1 + len(results)} checks passed")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
