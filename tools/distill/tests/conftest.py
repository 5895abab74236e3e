"""Lets the tests find the package without installing it."""

import sys
from pathlib import Path

import pytest
import torch

sys.path.insert(0, str(Path(__file__).parents[1]))
from distill.llama import Llama, LlamaConfig  # noqa: E402


@pytest.fixture
def small_model():
    """A random Llama of a few thousand weights."""
    torch.manual_seed(3)
    return Llama(LlamaConfig(97, 32, 48, 2, 4, 2, 8, 10_000.0)).eval()
