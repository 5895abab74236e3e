"""The distillation loss: the target's likeliest tokens, one by one, and all others as one event."""

import torch


def distillation_loss(logits, top, log_probs, argmax_weight: float):
    """Mean cross-entropy to the target's distribution over (top tokens, the rest), written plainly.

    Training uses :func:`fused_loss`, which is tested against this.

    ``logits`` [n, proposals]; ``top`` (columns) and ``log_probs`` [n, top], likeliest first.
    ``argmax_weight`` in 0..1 mixes the target's own argmax into its distribution.
    """
    wanted = mixed_target(log_probs, argmax_weight)
    rest = (1 - wanted.sum(-1)).clamp(min=0)
    q = logits.softmax(-1).gather(1, top)
    inside = torch.where(wanted > 0, q, 0).sum(-1)
    return -((wanted * q.clamp(min=1e-20).log()).sum(-1) + rest * (1 - inside).clamp(min=1e-4).log()).mean()


class FusedDistillation(torch.autograd.Function):
    """The same loss from states and head, a few rows at a time, with its gradient worked out by hand.

    The logits of a step are never held as a whole, and their exponentials are taken once; on a processor this is
    about twice as fast. With q the draft's softmax, Q its sum over the top tokens and r the wanted rest, the
    gradient by logit j is q_j (1 - r / (1 - Q)), and for a top token also q_j r / (1 - Q) - wanted_j.
    """

    @staticmethod
    def forward(ctx, hidden, head, top, log_probs, argmax_weight, rows):
        wanted = mixed_target(log_probs, argmax_weight)
        count = len(hidden)
        hidden_grad = torch.empty_like(hidden)
        head_grad = torch.zeros(head.shape, dtype=torch.float32, device=head.device)
        total = 0.0
        for begin in range(0, count, rows):
            part = slice(begin, begin + rows)
            loss, gradient = _loss_and_gradient(hidden[part] @ head.T, top[part], wanted[part])
            total += loss
            gradient = gradient.to(hidden.dtype)
            hidden_grad[part] = gradient @ head
            head_grad += gradient.T @ hidden[part]
        ctx.save_for_backward(hidden_grad, head_grad)
        ctx.scale = 1 / count
        return total / count

    @staticmethod
    def backward(ctx, upstream):
        hidden_grad, head_grad = ctx.saved_tensors
        scale = upstream * ctx.scale
        return (hidden_grad * scale).bfloat16(), (head_grad * scale).bfloat16(), None, None, None, None


def _loss_and_gradient(logits, top, wanted):
    """Summed loss of some rows and its gradient by their logits."""
    q = logits.float()
    q.sub_(q.amax(-1, keepdim=True)).exp_()
    q.div_(q.sum(-1, keepdim=True))
    chosen = q.gather(1, top)
    real = wanted > 0
    missing = (1 - torch.where(real, chosen, 0).sum(-1)).clamp(min=1e-4)
    rest = (1 - wanted.sum(-1)).clamp(min=0)
    loss = -(wanted * chosen.clamp(min=1e-20).log()).sum() - (rest * missing.log()).sum()
    share = (rest / missing)[:, None]
    q.mul_(1 - share)
    q.scatter_add_(1, top, torch.where(real, chosen * share - wanted, 0))
    return loss, q


def mixed_target(log_probs, argmax_weight: float):
    """The target's probabilities with its argmax mixed in by ``argmax_weight``, where the draft can propose it."""
    wanted = log_probs.exp() * (1 - argmax_weight)
    wanted[:, 0] += argmax_weight * (wanted[:, 0] > 0)
    return wanted


def fused_loss(hidden, head, top, log_probs, argmax_weight: float, rows: int = 256):
    """Mean loss of states [n, hidden], computed in bfloat16."""
    return FusedDistillation.apply(hidden.bfloat16(), head.bfloat16(), top, log_probs, argmax_weight, rows)
