"""The distillation loss: the target's likeliest tokens, one by one, and all others as one event."""

import torch


class VocabularySample:
    """The part of the vocabulary over which one step's softmax runs.

    It holds every token of the batch's targets, the tokens that are frequent overall, and a few drawn at random
    that stand for all the others (their logits are raised by the log of how many each stands for).
    """

    def __init__(self, vocab_size: int, frequent: torch.Tensor, random_count: int, seed: int):
        self._size, self._frequent, self._count = vocab_size, frequent, random_count
        self._seed = seed

    def choose(self, top_ids: torch.Tensor, step: int):
        """Token ids [n], their logit offsets [n], and ``top_ids`` as indices into them."""
        device = top_ids.device
        member = torch.zeros(self._size, dtype=torch.bool, device=device)
        member[top_ids.reshape(-1)] = True
        member[self._frequent.to(device)] = True
        others = (~member).nonzero()[:, 0]
        generator = torch.Generator().manual_seed(self._seed * 1_000_003 + step)
        drawn = others[torch.randperm(len(others), generator=generator)[: self._count].to(device)]
        fixed = member.nonzero()[:, 0]
        ids = torch.cat([fixed, drawn])
        offsets = torch.zeros(len(ids), device=device)
        if len(drawn):
            offsets[len(fixed) :] = torch.tensor(len(others) / len(drawn)).log()
        index = torch.zeros(self._size, dtype=torch.long, device=device)
        index[ids] = torch.arange(len(ids), device=device)
        return ids, offsets, index[top_ids]


def distillation_loss(logits, top_index, top_log_probs, argmax_weight: float):
    """Mean cross-entropy to the target's distribution over (top tokens, the rest), written plainly.

    Training uses :func:`fused_loss`, which is tested against this.

    ``logits`` [n, sampled vocabulary]; ``top_index`` and ``top_log_probs`` [n, top], likeliest first.
    ``argmax_weight`` in 0..1 mixes the target's own argmax into its distribution.
    """
    wanted = mixed_target(top_log_probs, argmax_weight)
    rest = (1 - wanted.sum(-1)).clamp(min=0)
    log_probs = logits.gather(1, top_index) - logits.logsumexp(-1, keepdim=True)
    covered = log_probs.logsumexp(-1).clamp(max=-1e-4)
    log_rest = torch.log(-torch.expm1(covered))
    return -((wanted * log_probs).sum(-1) + rest * log_rest).mean()


class FusedDistillation(torch.autograd.Function):
    """The same loss from states and embedding, a few rows at a time, with its gradient worked out by hand.

    The logits of a step are never held as a whole, and their exponentials are taken once; on a processor this is
    about twice as fast. With q the draft's softmax, Q its sum over the top tokens and r the wanted rest, the
    gradient by logit j is q_j (1 - r / (1 - Q)), and for a top token also q_j r / (1 - Q) - wanted_j.
    """

    @staticmethod
    def forward(ctx, hidden, embedding, offsets, top_index, top_log_probs, argmax_weight, rows):
        wanted = mixed_target(top_log_probs, argmax_weight)
        count = len(hidden)
        hidden_grad = torch.empty_like(hidden)
        embedding_grad = torch.zeros(embedding.shape, dtype=torch.float32, device=embedding.device)
        total = 0.0
        for begin in range(0, count, rows):
            part = slice(begin, begin + rows)
            loss, gradient = _loss_and_gradient(hidden[part] @ embedding.T, offsets, top_index[part], wanted[part])
            total += loss
            gradient = gradient.to(hidden.dtype)
            hidden_grad[part] = gradient @ embedding
            embedding_grad += gradient.T @ hidden[part]
        ctx.save_for_backward(hidden_grad, embedding_grad)
        ctx.scale = 1 / count
        return total / count

    @staticmethod
    def backward(ctx, upstream):
        hidden_grad, embedding_grad = ctx.saved_tensors
        scale = upstream * ctx.scale
        by_hidden, by_embedding = (hidden_grad * scale).bfloat16(), (embedding_grad * scale).bfloat16()
        return by_hidden, by_embedding, None, None, None, None, None


def _loss_and_gradient(logits, offsets, top_index, wanted):
    """Summed loss of some rows and its gradient by their logits."""
    q = logits.float().add_(offsets)
    q.sub_(q.amax(-1, keepdim=True)).exp_()
    q.div_(q.sum(-1, keepdim=True))
    top = q.gather(1, top_index)
    missing = (1 - top.sum(-1)).clamp(min=1e-4)
    rest = (1 - wanted.sum(-1)).clamp(min=0)
    loss = -(wanted * top.clamp(min=1e-20).log()).sum() - (rest * missing.log()).sum()
    share = (rest / missing)[:, None]
    q.mul_(1 - share)
    q.scatter_add_(1, top_index, top * share - wanted)
    return loss, q


def mixed_target(top_log_probs, argmax_weight: float):
    """The target's probabilities with its argmax mixed in by ``argmax_weight``."""
    wanted = top_log_probs.exp() * (1 - argmax_weight)
    wanted[:, 0] += argmax_weight
    return wanted


def fused_loss(hidden, embedding, sample, top_log_probs, argmax_weight: float, rows: int = 192):
    """Mean loss of states [n, hidden] in bfloat16; ``sample`` is what :class:`VocabularySample` chose."""
    ids, offsets, top_index = sample
    rows_of = embedding[ids].bfloat16()
    return FusedDistillation.apply(hidden.bfloat16(), rows_of, offsets, top_index, top_log_probs, argmax_weight, rows)
