"""Distils a small draft model, with the target's vocabulary, for speculative decoding."""
