"""The parts that need no target."""

from types import SimpleNamespace

import numpy as np
import pytest
import torch
from distill.batches import BatchOrder, make_batch
from distill.draft import projected_embedding
from distill.evaluate import target_passes
from distill.export import export, load_exported
from distill.generate import GenerationLimits, Generator, Request, is_loop
from distill.loss import VocabularySample, distillation_loss, fused_loss
from distill.noise import gumbel, pick
from distill.prompts import heldout_conversations, training_conversations
from distill.shards import Sample, load_shards, save_shard
from distill.target import unpermute


def sample(row: int, length: int) -> Sample:
    reply = length - 2
    top_ids = np.tile(np.arange(4, dtype=np.int32), (reply, 1))
    values = np.tile(np.array([3, 2, 1, 0], dtype=np.float16), (reply, 1))
    return Sample(row, 0.0, row, 2, np.arange(length, dtype=np.int32), top_ids, values, np.full(reply, 4.0, np.float32))


@torch.no_grad()
def alone(model, ids: list, request: Request, tokens: int) -> list:
    """Decodes one request by whole forward passes: the plain twin of the batched generator."""
    ids = list(ids)
    for _ in range(tokens):
        logits = model.logits(model.hidden(torch.tensor([ids])))[0, -1]
        ids.append(pick(logits, request.temperature, request.seed, len(ids)))
    return ids


def test_batched_generation_equals_decoding_alone(small_model):
    prompts = [[5, 6, 7], [1], [9, 8, 7, 6, 5], [3, 3], [11, 12, 13, 14]]
    requests = [Request(i, p, 0.0 if i % 2 else 0.8, 40 + i) for i, p in enumerate(prompts)]
    limits = GenerationLimits(slots=2, reply_tokens=6, top=4, refill=1)
    target = SimpleNamespace(model=small_model, end_ids=frozenset())
    found = {s.row: s.ids.tolist() for s in Generator(target, limits, 5).answer(requests)}
    assert found == {r.row: alone(small_model, r.ids, r, 6) for r in requests}


def test_noise_depends_on_seed_and_position_only():
    assert torch.equal(gumbel(1, 2, 50), gumbel(1, 2, 50))
    assert not torch.equal(gumbel(1, 2, 50), gumbel(1, 3, 50))
    assert not torch.equal(gumbel(1, 2, 50), gumbel(2, 2, 50))
    assert abs(float(gumbel(7, 7, 200_000).mean()) - 0.5772) < 0.02


def test_unpermute_restores_split_halves():
    """GGUF puts row i of the first half and row i of the second half next to each other."""
    halves = np.arange(16.0).reshape(16, 1)  # two heads of eight rows
    pairs = halves.reshape(2, 2, 4, 1).swapaxes(1, 2).reshape(16, 1)
    assert (unpermute(pairs, 2) == halves).all()


def test_loops_are_seen():
    assert is_loop([1, 2, 3, 4, 5, 6, 7] * 3, 24)
    assert not is_loop(list(range(60)), 24)
    assert not is_loop([4] * 10, 24)
    assert is_loop([4] * 18, 24)


def test_loss_is_least_where_the_draft_equals_the_target():
    torch.manual_seed(0)
    logits = torch.randn(5, 30)
    top = logits.log_softmax(-1).topk(4)
    equal = distillation_loss(logits, top.indices, top.values, 0.0)
    for _ in range(5):
        other = distillation_loss(logits + 0.3 * torch.randn(5, 30), top.indices, top.values, 0.0)
        assert other > equal


def test_fused_loss_and_gradients_equal_the_plain_ones():
    torch.manual_seed(0)
    hidden = torch.randn(7, 16).bfloat16().float().requires_grad_()
    embedding = (0.3 * torch.randn(60, 16)).bfloat16().float().requires_grad_()
    top = (hidden @ embedding.T + torch.randn(7, 60)).detach().log_softmax(-1).topk(4)
    sample = (torch.randperm(60), torch.rand(60), top.indices)
    ids, offsets, index = sample
    plain = distillation_loss(hidden @ embedding[ids].T + offsets, index, top.values, 0.2)
    wanted = torch.autograd.grad(plain, (hidden, embedding))
    fused = fused_loss(hidden, embedding, sample, top.values, 0.2, rows=3)
    found = torch.autograd.grad(fused, (hidden, embedding))
    assert torch.allclose(plain, fused, rtol=0.01)
    for one, other in zip(wanted, found):
        assert (one - other).norm() < 0.02 * one.norm()


def test_sampled_vocabulary_holds_all_targets_and_has_a_fair_total():
    torch.manual_seed(0)
    top_ids = torch.randint(0, 1000, (6, 3))
    ids, offsets, index = VocabularySample(1000, torch.arange(50), 400, 1).choose(top_ids, 9)
    assert torch.equal(ids[index], top_ids)
    assert len(ids.unique()) == len(ids)
    hidden, embedding = 0.1 * torch.randn(2, 8), torch.randn(1000, 8)
    part = (hidden @ embedding[ids].T + offsets).logsumexp(-1)
    assert torch.allclose(part, (hidden @ embedding.T).logsumexp(-1), atol=0.05)


def test_full_rank_projection_keeps_all_inner_products():
    torch.manual_seed(0)
    embedding, states = torch.randn(40, 6), torch.randn(100, 6)
    projected = projected_embedding(embedding, states, torch.ones(40), 6)
    moment = states.T @ states / 100
    centred = embedding - embedding.mean(0)
    assert torch.allclose(projected @ projected.T, centred @ moment @ centred.T, atol=1e-3)


@pytest.mark.parametrize("hits, passes", [("", 0), ("0", 1), ("1111", 1), ("11110", 1), ("111101", 2), ("0110", 2)])
def test_rounds_are_counted(hits, passes):
    assert target_passes([h == "1" for h in hits], 4) == passes


def test_batches_point_at_the_states_before_each_reply_token():
    batch = make_batch([sample(0, 5), sample(1, 8)], top=2)
    assert batch.ids.shape == (2, 7)
    assert batch.where.tolist() == [1, 2, 3] + [7 + i for i in range(1, 7)]
    assert batch.top_log_probs[0].tolist() == [-1.0, -2.0]


def test_order_of_batches_is_a_function_of_seed_and_step():
    samples = [sample(i, 4 + i % 5) for i in range(20)]
    rows = [[s.row for s in BatchOrder(samples, 4, 1).batch(step)] for step in range(10)]
    again = BatchOrder(samples, 4, 1)
    assert [[s.row for s in again.batch(step)] for step in reversed(range(10))] == rows[::-1]
    assert sorted(sum(rows[:5], [])) == list(range(20))


def test_shards_come_back(tmp_path):
    save_shard(tmp_path, 0, [sample(0, 5)])
    save_shard(tmp_path, 1, [sample(1, 6)])
    assert [s.row for s in load_shards(tmp_path)] == [0, 1]


def test_export_comes_back(small_model, tmp_path):
    export(small_model, SimpleNamespace(token_to_id=lambda token: len(token)), tmp_path)
    ids = torch.tensor([[1, 2, 3]])
    before = small_model.logits(small_model.hidden(ids))
    loaded = load_exported(tmp_path)
    assert torch.allclose(before, loaded.logits(loaded.hidden(ids)), atol=0.01)


def test_held_out_prompts_are_not_trained_on():
    trained = {m["content"] for c in training_conversations(1, 6000) for m in c}
    heldout = heldout_conversations()
    assert len(heldout) >= 100
    assert not trained & {m["content"] for c in heldout for m in c}


@pytest.mark.parametrize("count", [16, 600, 6000])
def test_as_many_conversations_as_asked_for(count):
    assert len(training_conversations(1, count)) == count
