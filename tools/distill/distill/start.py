"""What a draft starts from: the target's states, its most used neurons, its embedding in fewer dimensions."""

import torch


def padded(samples: list) -> torch.Tensor:
    """Token ids of some samples, [rows, time], padded with 0 behind."""
    ids = torch.zeros(len(samples), max(len(s.ids) for s in samples), dtype=torch.long)
    for row, sample in enumerate(samples):
        ids[row, : len(sample.ids)] = torch.from_numpy(sample.ids)
    return ids


@torch.no_grad()
def states_of(model, samples: list, rows: int = 8) -> torch.Tensor:
    """The final states [n, hidden], fp32, at the reply positions of samples."""
    device = next(model.parameters()).device
    states = []
    for begin in range(0, len(samples), rows):
        batch = samples[begin : begin + rows]
        hidden = model.hidden(padded(batch).to(device)).float().cpu()
        states += [hidden[row, s.prompt_length - 1 : len(s.ids) - 1] for row, s in enumerate(batch)]
    return torch.cat(states)


@torch.no_grad()
def lens(draft, target, samples: list, rows: int = 8, ridge: float = 1e-3) -> torch.Tensor:
    """The map [hidden, hidden] that brings the draft's final states closest to the target's, by least squares."""
    size = draft.config.hidden_size
    gram, cross = torch.zeros(size, size, dtype=torch.double), None
    for begin in range(0, len(samples), rows):
        batch = samples[begin : begin + rows]
        own, wanted = states_of(draft, batch, rows).double(), states_of(target.model, batch, rows).double()
        gram += own.T @ own
        cross = own.T @ wanted if cross is None else cross + own.T @ wanted
    gram += ridge * gram.diagonal().mean() * torch.eye(size, dtype=torch.double)
    return torch.linalg.solve(gram, cross).float()


@torch.no_grad()
def kept_neurons(target, samples: list, layers: tuple, count: int) -> list:
    """For each of ``layers`` the ``count`` feed-forward neurons that write most into the residual stream, ascending."""
    uses = {layer: 0.0 for layer in layers}

    def watch(layer):
        def hook(module, inputs):
            uses[layer] = uses[layer] + inputs[0].float().abs().flatten(0, -2).sum(0)

        return target.model.model.layers[layer].mlp.down_proj.register_forward_pre_hook(hook)

    hooks = [watch(layer) for layer in layers]
    try:
        states_of(target.model, samples)
    finally:
        for hook in hooks:
            hook.remove()
    written = {i: target.model.model.layers[i].mlp.down_proj.weight.float().norm(dim=0) for i in layers}
    return [(uses[i] * written[i]).topk(count).indices.sort().values for i in layers]


@torch.no_grad()
def projected_embedding(embedding, states, token_weights, size: int) -> torch.Tensor:
    """The ``size``-dimensional embedding whose logits come closest to the target's.

    With C the second moment of the target's final states, E C^(1/2) has plain inner products with whitened states;
    its leading right singular vectors (rows weighted by how often a token occurs) keep the most of the logits. The
    mean row is dropped first: a shift common to all logits changes no probability.
    """
    embedding, states = embedding.double().cpu(), states.double()
    weights = token_weights.double() / token_weights.sum()
    centred = embedding - weights @ embedding
    moment = states.T @ states / len(states)
    values, vectors = torch.linalg.eigh(moment)
    root = vectors * values.clamp(min=1e-9).sqrt() @ vectors.T
    scaled = centred @ root
    _, axes = torch.linalg.eigh(scaled.T @ (scaled * weights[:, None]))
    return (scaled @ axes[:, -size:]).float()
