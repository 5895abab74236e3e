"""This project's draft as others read drafts: whole matrices over the target's whole vocabulary. What it copies is left out."""

import numpy
from safetensors.numpy import load_file

# Of a token that the draft cannot propose.
NEVER = -1e4


class Draft:
    """Weights by their Hugging Face names, in single precision, and where the few logits belong."""

    def __init__(self, folder):
        stored = load_file(f"{folder}/model.safetensors")
        self.tensors = {}
        for name, tensor in stored.items():
            if name.endswith(".weight"):
                scale = stored.get(f"{name}_scale")
                self.tensors[name] = tensor.astype(numpy.float32) * (1 if scale is None else scale)
        rows = stored["embedding_rows"]
        self.tensors["model.embed_tokens.weight"] = self.tensors["model.embed_tokens.weight"][rows]
        columns = stored["d2t"]
        self.proposed = numpy.arange(len(columns)) + columns
        self.vocabulary = len(rows)
