"""The parts that need no target."""

import json
from types import SimpleNamespace

import numpy as np
import pytest
import torch
from distill import decode
from distill.baselines import looked_up
from distill.batches import Batch, BatchOrder, make_batch, tempered
from distill.cache import SlotCache
from distill.copies import LONGEST, PLACES, copies, first_trust, with_copies
from distill.draft import Draft, DraftShape
from distill.evaluate import acceptance, expected_coupled, target_passes, watch
from distill.export import export, load_exported
from distill.generate import GenerationLimits, Generator, Request, is_loop
from distill.int8 import in_bytes
from distill.llama import Llama, LlamaConfig, causal, rope_tables
from distill.loss import distillation_loss, fused_loss
from distill.noise import draw, gumbel, pick, share
from distill.prompts import heldout_conversations, is_plain, letters, training_conversations, wider_conversations
from distill.settings import Settings, TrainSettings
from distill.shards import Sample, load_shards, save_shard
from distill.start import lens, projected_embedding, states_of
from distill.target import unpermute
from distill.train import Trainer
from distill.vocabulary import DraftVocabulary, choose_vocabulary, nearest_rows

WIDE = LlamaConfig(301, 192, 256, 2, 6, 2, 64, 10_000.0)  # heads as wide as the C++ knows them


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
        if request.coupled or request.temperature == 0:
            ids.append(pick(logits, request.temperature, request.seed, len(ids)))
        else:
            ids.append(draw(logits, request.temperature, share(request.seed, len(ids))))
    return ids


def test_batched_generation_equals_decoding_alone(small_model):
    prompts = [[5, 6, 7], [1], [9, 8, 7, 6, 5], [3, 3], [11, 12, 13, 14]]
    requests = [Request(i, p, 0.0 if i % 2 else 0.8, 40 + i, i % 4 == 0) for i, p in enumerate(prompts)]
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


def rows_of(logits, count: int, seed: int) -> Batch:
    """What a target near ``logits`` [n, proposals] would have to be learned from it; the copy is now and then one of its
    likeliest tokens, and some of those cannot be proposed."""
    generator = torch.Generator().manual_seed(seed)
    rows, proposals = logits.shape
    near = logits.detach() + torch.randn(logits.shape, generator=generator)
    top = near.log_softmax(-1).topk(count)
    columns, log_probs = top.indices.clone(), top.values.clone()
    lengths = torch.randint(0, LONGEST + 1, (rows,), generator=generator)
    lengths[2] = 4
    copies = torch.where(torch.arange(rows) % 2 == 0, columns[:, 1], proposals - 1)
    copied = (columns == copies[:, None]) & (lengths[:, None] > 0)
    gone = (torch.rand(columns.shape, generator=generator) < 0.3) & ~copied
    log_probs[gone], columns[gone] = float("-inf"), 0
    columns[2, copied[2]], copies[2] = -1, -1  # the draft can copy it, not propose it
    nothing = torch.zeros(0)
    return Batch(nothing, nothing, columns, log_probs, copied, copies, lengths)


@pytest.mark.parametrize("overlap", [0.0, 1.0])
def test_loss_is_least_where_the_draft_equals_the_target(overlap):
    torch.manual_seed(0)
    logits = torch.randn(5, 30)
    top = logits.log_softmax(-1).topk(4)
    lengths = torch.zeros(5, dtype=torch.long)
    batch = Batch(lengths, lengths, top.indices, top.values, torch.zeros(5, 4, dtype=torch.bool), lengths - 1, lengths)
    settings = TrainSettings(temperature=1.0, argmax_weight=0.0, overlap_weight=overlap)
    equal = distillation_loss(logits, batch, first_trust(), settings)
    for _ in range(5):
        assert distillation_loss(logits + 0.3 * torch.randn(5, 30), batch, first_trust(), settings) > equal


@pytest.mark.parametrize("overlap", [0.0, 2.0])
@pytest.mark.parametrize("argmax_weight", [0.0, 0.2])
def test_fused_loss_and_gradients_equal_the_plain_ones(argmax_weight, overlap):
    torch.manual_seed(0)
    hidden = torch.randn(7, 16).bfloat16().float().requires_grad_()
    head = (0.3 * torch.randn(60, 16)).bfloat16().float().requires_grad_()
    trust = first_trust().requires_grad_()
    batch = rows_of(hidden @ head.T, 4, 1)
    settings = TrainSettings(temperature=0.8, argmax_weight=argmax_weight, overlap_weight=overlap)
    plain = distillation_loss(hidden @ head.T, batch, trust, settings)
    wanted = torch.autograd.grad(plain, (hidden, head, trust))
    fused = fused_loss(hidden, head, trust, batch, settings, rows=3)
    found = torch.autograd.grad(fused, (hidden, head, trust))
    assert torch.allclose(plain, fused, rtol=0.01)
    for one, other in zip(wanted, found):
        assert one.norm() > 0
        assert (one - other).norm() < 0.02 * one.norm()


def searched(ids: list) -> tuple:
    """The copied token and the agreement by a search of the text: the plain twin of :func:`copies`."""
    best = (-1, 0)
    for end in [end for end in range(len(ids) - 1, 0, -1) if ids[end - 1] == ids[-1]][:PLACES]:
        agreed = 0
        while agreed < min(LONGEST, end) and ids[end - 1 - agreed] == ids[-1 - agreed]:
            agreed += 1
        if agreed > best[1]:
            best = (ids[end], agreed)
    return best


def test_copies_are_what_a_search_finds():
    generator = np.random.default_rng(1)
    for letters, size in ((2, 80), (3, 80), (20, 80), (2, 600)):
        ids = generator.integers(0, letters, size)
        tokens, lengths = copies(ids, 3)
        wanted = [searched(ids[:end].tolist()) for end in range(3, size)]
        assert list(zip(tokens.tolist(), lengths.tolist())) == wanted


def test_only_the_latest_places_are_looked_at():
    text = np.array([7, 8, 1, 2] + [3, 1] * PLACES + [7, 8, 1])
    tokens, lengths = copies(np.append(text, 0), len(text))
    assert (tokens.tolist(), lengths.tolist()) == ([7], [1])  # 7 8 1 stood before, but 257 places of token 1 ago


def test_a_copy_gets_its_share():
    torch.manual_seed(0)
    logits, temperature = torch.randn(3, 9), 0.8
    lengths, columns = torch.tensor([0, 2, 5]), torch.tensor([-1, 4, -1])
    mixed = with_copies(logits, columns, lengths, first_trust(), temperature)
    own = (logits / temperature).softmax(-1)
    found = (mixed / temperature).softmax(-1)
    share_of_copy = first_trust().sigmoid()[lengths]
    assert torch.allclose(found[0, :-1], own[0])
    assert torch.allclose(found[1, 4], (1 - share_of_copy[1]) * own[1, 4] + share_of_copy[1])
    assert torch.allclose(found[2, -1], share_of_copy[2])
    assert torch.allclose(found[2, :-1], (1 - share_of_copy[2]) * own[2])


def test_frequent_tokens_are_proposed_and_the_others_read_as_their_neighbours():
    embedding = torch.eye(8)[[0, 1, 2, 3, 0, 1, 2, 3]] + 0.01 * torch.arange(8)[:, None]
    vocabulary = choose_vocabulary([sample(0, 9)], embedding, proposals=4, embedded=6)
    assert vocabulary.proposals.tolist() == [0, 1, 2, 3]  # the only tokens of the replies
    assert vocabulary.columns().tolist() == [0, 1, 2, 3, -1, -1, -1, -1]
    assert set(vocabulary.embedded.tolist()) >= {0, 1, 2, 3}
    for token in range(8):
        assert vocabulary.embedded[vocabulary.rows[token]] % 4 == token % 4
    assert nearest_rows(embedding, torch.arange(8)).tolist() == list(range(8))


def test_lens_finds_a_linear_relation(small_model):
    """The states of a twin whose last norm is scaled differ by a linear map."""
    twin = Draft(
        small_model.config.__class__(**{**vars(small_model.config), "tied": False}),
        DraftVocabulary(torch.arange(97), torch.arange(97), torch.arange(97)),
        0.8,
    )
    state = {**small_model.state_dict(), "copy_trust": twin.copy_trust}
    twin.load_state_dict({**state, "lm_head.weight": state["model.embed_tokens.weight"]})
    twin.model.norm.weight.data.mul_(torch.linspace(0.5, 2, 32))
    samples = [sample(i, 30) for i in range(12)]
    found = states_of(twin, samples) @ lens(twin, SimpleNamespace(model=small_model), samples, ridge=1e-9)
    assert torch.allclose(found, states_of(small_model, samples), atol=0.05)


def test_expected_coupled_acceptance_is_how_often_coupled_choices_agree():
    torch.manual_seed(0)
    p, q = (1.5 * torch.randn(2, 12)).log_softmax(-1)
    agreed = np.mean([pick(p, 1.0, 5, t) == pick(q, 1.0, 5, t) for t in range(4000)])
    assert float(expected_coupled(p.exp()[None], q.exp()[None])) == pytest.approx(agreed, abs=0.03)
    # Some of q outside the columns kept of p.
    assert float(expected_coupled(torch.tensor([[1.0, 0.0]]), torch.tensor([[0.25, 0.25]]))) == pytest.approx(0.25)


def test_draws_follow_the_distribution():
    logits = torch.tensor([2.0, 1.0, 0.0, -9.0])
    counts = np.bincount([draw(logits, 0.8, share(3, t)) for t in range(4000)], minlength=4) / 4000
    assert np.abs(counts - (logits / 0.8).softmax(0).numpy()).max() < 0.03


def test_written_out_attention_is_causal_attention():
    torch.manual_seed(0)
    q, k, v = torch.randn(2, 6, 9, 8), torch.randn(2, 2, 9, 8), torch.randn(2, 2, 9, 8)
    whole = (x.repeat_interleave(3, 1) for x in (k, v))
    wanted = torch.nn.functional.scaled_dot_product_attention(q, *whole, is_causal=True)
    assert torch.allclose(causal(q, k, v), wanted, atol=1e-5)


def test_bytes_are_close(small_model):
    ids = torch.tensor([[1, 2, 3, 50, 60]])
    wanted = small_model.logits(small_model.hidden(ids))
    twin = in_bytes(small_model)
    assert (twin.logits(twin.hidden(ids)) - wanted).norm() < 0.05 * wanted.norm()


def test_lookup_takes_the_longest_and_latest_context():
    text = [1, 2, 3, 9, 2, 3, 8, 1, 2, 3, 9, 7, 3]
    assert looked_up(text, 3) == [False, False, True, False, False, True, True, True, False, False]


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
    batch = make_batch([sample(0, 5), sample(1, 8)], 2, np.array([0, -1, 1, 2]))
    assert batch.ids.shape == (2, 7)
    assert batch.where.tolist() == [1, 2, 3] + [7 + i for i in range(1, 7)]
    # Token 1 cannot be proposed: what it had goes to the others in proportion.
    assert batch.top[0].tolist() == [0, 0]
    assert batch.log_probs[0].tolist() == pytest.approx([-1.0 - np.log(1 - np.exp(-2.0)), -np.inf])
    assert batch.lengths.tolist() == [0] * 9 and not batch.copied.any()


def test_what_cannot_be_proposed_can_be_copied():
    text = sample(0, 8)
    text.ids[3:] = [1, 5, 1, 5, 1]
    batch = make_batch([text], 2, np.array([0, -1, 1, 2, 3, 4]))
    assert batch.lengths.tolist() == [0, 0, 1, 0, 1, 2]
    assert batch.copies.tolist() == [-1, -1, 1, -1, 4, -1]
    assert batch.top[5].tolist() == [0, -1]  # token 1 stood after token 5
    assert batch.copied[5].tolist() == [False, True]
    assert batch.log_probs[5].tolist() == pytest.approx([-1.0, -2.0])


def test_temperature_sharpens_what_was_kept():
    text = sample(0, 5)
    assert tempered(text, 1.0)[0].tolist() == pytest.approx([-1.0, -2.0, -3.0, -4.0])
    sharp = np.exp(tempered(text, 0.5))
    assert (sharp[:, 0] / sharp[:, 1]).tolist() == pytest.approx([np.exp(2.0)] * 3)
    assert (sharp.sum(-1) < 1).all() and (sharp.sum(-1) > 0.9).all()


@pytest.mark.skipif(not decode.is_supported(WIDE), reason="no g++ or no AVX-512")
def test_steps_in_cpp_are_those_of_torch():
    torch.manual_seed(0)
    model = Llama(WIDE).bfloat16().eval()
    twin, slots, capacity = in_bytes(model), 5, 9
    caches = [SlotCache(slots, capacity, twin) for _ in range(2)]
    steps = decode.fast_steps(model)
    for step in range(6):
        positions = torch.tensor([step, step, 0, step, step])  # one slot begins anew each time
        last = torch.randint(0, WIDE.vocab_size, (slots,))
        caches[0].begin_step(positions)
        with torch.inference_mode():
            wanted = twin.logits(twin.hidden(last[:, None], positions[:, None], caches[0].layers)[:, 0])
            cos, sin = rope_tables(positions, WIDE.head_dim, WIDE.rope_theta)
            found = steps.logits(last, positions, cos, sin, caches[1].layers)
        assert (found - wanted).norm() < 0.05 * wanted.norm()
    shares = [0.1, 0.5, 0.9, 0.99, 0.3]
    values, ids, total, tokens = steps.choose(found, [0.8, 0.8, 0.8, 0.8, 0.0], shares, 7)
    best = found.topk(7)
    assert torch.equal(values, best.values) and torch.equal(ids.long(), best.indices)
    assert torch.allclose(total, found.logsumexp(-1), atol=1e-4)
    assert tokens.tolist() == [draw(row, 0.8, part) for row, part in zip(found[:4], shares)] + [int(found[4].argmax())]


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


def test_export_comes_back(tmp_path):
    torch.manual_seed(3)
    rows = torch.arange(97) % 60
    vocabulary = DraftVocabulary(torch.arange(0, 97, 3), torch.arange(60), rows)
    draft = Draft(LlamaConfig(97, 32, 48, 2, 4, 2, 8, 10_000.0, tied=False), vocabulary, 0.8)
    draft.copy_trust.data += 0.1
    export(draft, SimpleNamespace(end_id=2, start_id=1, name="parent"), tmp_path)
    loaded = load_exported(tmp_path)
    ids = torch.tensor([[1, 2, 3, 61, 96]])
    before, after = draft.logits(draft.hidden(ids)), loaded.logits(loaded.hidden(ids))
    assert (before - after).norm() < 0.03 * before.norm()
    assert torch.allclose(loaded.copy_trust[1:], draft.copy_trust[1:], atol=0.01) and loaded.copy_temperature == 0.8
    assert torch.equal(loaded.proposals, draft.proposals) and torch.equal(loaded.rows, draft.rows)
    assert json.loads((tmp_path / "config.json").read_text())["wanspec"]["tokenizer_from"] == "parent"


def test_a_checkpoint_of_another_run_is_refused(tmp_path, small_model):
    target = SimpleNamespace(model=small_model)
    shape = DraftShape(copied=(0, 1), proposals=97, embedded=97)
    settings = Settings(shape=shape, lens_samples=0, train=TrainSettings(steps=1, rows=2, top=2))
    samples = [sample(i, 9) for i in range(4)]
    Trainer(settings, target, samples, samples, tmp_path).save()
    assert Trainer(settings, target, samples, samples, tmp_path, say=lambda *a, **k: None).step == 0
    with pytest.raises(ValueError, match="begun with other replies; remove it"):
        Trainer(settings, target, samples[:3], samples, tmp_path)
    longer = Settings(shape=shape, lens_samples=0, train=TrainSettings(steps=2, rows=2, top=2))
    with pytest.raises(ValueError, match="begun with other settings; remove it"):
        Trainer(longer, target, samples, samples, tmp_path)


def test_measured_and_expected_acceptance_take_copies_in():
    """A draft that is sure of token 5 alone guesses what is copied where the text repeats itself."""
    vocabulary = DraftVocabulary(torch.arange(6), torch.arange(97), torch.arange(97))
    draft = Draft(LlamaConfig(97, 32, 48, 1, 4, 2, 8, 10_000.0, tied=False), vocabulary, 1.0)
    with torch.no_grad():
        draft.lm_head.weight.zero_()
        draft.copy_trust[1:] = 9.0
    text = sample(0, 12)
    text.ids[:] = [40, 41, 42, 43, 40, 41, 42, 43, 40, 41, 42, 43]  # 40 to 43 are never proposed
    text.top_ids[:, 0] = text.ids[2:]
    found = acceptance(draft, [text], 0.0)
    assert found.by_token == 0.7  # all but 42, 43 and 40, which stand there for the first time
    greedy, _ = watch(draft, [text], draft.columns.numpy(), 0.8)
    assert greedy == pytest.approx(0.7)


def test_held_out_prompts_are_not_trained_on():
    trained = {m["content"] for c in training_conversations(1, 6000) + wider_conversations(1) for m in c}
    heldout = heldout_conversations()
    assert len(heldout) >= 100
    assert not trained & {m["content"] for c in heldout for m in c}


def test_messages_are_compared_by_their_letters_and_read_for_plainness():
    assert letters("Do fish  sleep?") == letters("do fish sleep") != letters("do fish swim")
    assert is_plain("Do fish sleep?") and not is_plain("¿Duermen los peces en el océano? ñññ") and not is_plain("1 + 1 = ?")
    assert not is_plain("Hi")


@pytest.mark.parametrize("count", [16, 600, 6000])
def test_as_many_conversations_as_asked_for(count):
    assert len(training_conversations(1, count)) == count
