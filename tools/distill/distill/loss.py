"""The distillation loss: the target's likeliest tokens, one by one, and all others as one event."""

import torch


def distillation_loss(logits, batch, trust, settings):
    """Mean loss of rows of logits [n, proposals], written plainly; training uses :func:`fused_loss`, tested against this.

    ``batch``: see :class:`~.batches.Batch`. ``trust``: log-odds of the copy for each length of agreement.
    """
    q = (logits / settings.temperature).softmax(-1)
    chosen = q.gather(1, batch.top.clamp(min=0)).masked_fill(batch.top < 0, 0)
    return _loss(chosen, batch, trust.sigmoid()[batch.lengths], settings).mean()


def _loss(chosen, batch, share, settings):
    """Loss of each row from the draft's probabilities of the top tokens and the ``share`` that goes to the copy.

    Cross-entropy to the target's distribution over (top tokens, the rest), with ``argmax_weight`` (0..1) of it moved to the
    target's argmax, plus ``overlap_weight`` times the probability that the two distributions do not have in common.
    """
    known = batch.log_probs > float("-inf")
    wanted = batch.log_probs.exp()
    share = share[:, None]
    inside = torch.where(known, chosen, 0)
    mixed = torch.where(known, (1 - share) * inside + share * batch.copied, 1)
    elsewhere = share[:, 0] * ~(batch.copied & known).any(-1)
    left = ((1 - share[:, 0]) * (1 - inside.sum(-1)) + elsewhere).clamp(min=1e-4)
    rest = (1 - wanted.sum(-1)).clamp(min=0)
    overlap = torch.minimum(wanted, mixed * known).sum(-1) + torch.minimum(rest, left)
    sharp = (1 - settings.argmax_weight) * wanted
    sharp[:, 0] += settings.argmax_weight * known[:, 0]
    rest = (1 - sharp.sum(-1)).clamp(min=0)
    entropy = -(sharp * mixed.clamp(min=1e-20).log()).sum(-1) - rest * left.log()
    return entropy + settings.overlap_weight * (1 - overlap)


class FusedDistillation(torch.autograd.Function):
    """The same loss from states and head, a few rows at a time, with its gradient worked out along the way.

    The logits of a step are never held as a whole, and their exponentials are taken once; on a processor this is
    about twice as fast. With g the gradient by the top tokens' probabilities (0 for others), the gradient by logit j is
    q_j (g_j - sum_k g_k q_k) / temperature.
    """

    @staticmethod
    def forward(ctx, hidden, head, trust, batch, settings, rows):
        hidden_grad = torch.empty_like(hidden)
        head_grad = torch.zeros(head.shape, dtype=torch.float32, device=head.device)
        trust_grad = torch.zeros_like(trust)
        total = 0.0
        for begin in range(0, len(hidden), rows):
            part = slice(begin, begin + rows)
            loss, gradient, by_trust = _loss_and_gradient(hidden[part] @ head.T, batch.rows(part), trust, settings)
            total += loss
            trust_grad += by_trust
            gradient = gradient.to(hidden.dtype)
            hidden_grad[part] = gradient @ head
            head_grad += gradient.T @ hidden[part]
        ctx.save_for_backward(hidden_grad, head_grad, trust_grad)
        ctx.scale = 1 / len(hidden)
        return torch.tensor(total / len(hidden), device=hidden.device)

    @staticmethod
    def backward(ctx, upstream):
        hidden_grad, head_grad, trust_grad = ctx.saved_tensors
        scale = upstream * ctx.scale
        return (hidden_grad * scale).bfloat16(), (head_grad * scale).bfloat16(), trust_grad * scale, None, None, None


def _loss_and_gradient(logits, batch, trust, settings):
    """Summed loss of some rows, and its gradients by their logits and by the trust."""
    q = logits.float().div_(settings.temperature)
    q.sub_(q.amax(-1, keepdim=True)).exp_()
    q.div_(q.sum(-1, keepdim=True))
    columns = batch.top.clamp(min=0)
    with torch.enable_grad():
        chosen = q.gather(1, columns).masked_fill_(batch.top < 0, 0).requires_grad_()
        own = trust.detach().requires_grad_()
        loss = _loss(chosen, batch, own.sigmoid()[batch.lengths], settings).sum()
        by_chosen, by_trust = torch.autograd.grad(loss, (chosen, own))
    by_chosen = by_chosen * chosen.detach()
    q.mul_(-by_chosen.sum(-1, keepdim=True))
    q.scatter_add_(1, columns, by_chosen)
    return loss.item(), q.div_(settings.temperature), by_trust


def fused_loss(hidden, head, trust, batch, settings, rows: int = 256):
    """Mean loss of states [n, hidden], computed in bfloat16."""
    return FusedDistillation.apply(hidden.bfloat16(), head.bfloat16(), trust, batch, settings, rows)
