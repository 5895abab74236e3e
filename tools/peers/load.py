"""Clients that ask an engine again and again, and what came of it: the rules of `./wanspec bench load`."""

import dataclasses
import http.client
import json
import threading
import time

PAUSE_BEHIND_FAILURE = 0.25
REQUEST_LIMIT = 300


@dataclasses.dataclass
class Slot:
    """What came within the time that counts."""
    seconds: float = 0
    tokens: float = 0
    waits: list = dataclasses.field(default_factory=list)
    failures: list = dataclasses.field(default_factory=list)


@dataclasses.dataclass
class Answer:
    """When it was asked for, when how many characters came, and how many tokens they were."""
    asked: float
    parts: list = dataclasses.field(default_factory=list)
    tokens: int = 0
    failure: str = ""


def stream(port, body, on_part):
    """One streamed chat completion."""
    answer = Answer(time.perf_counter())
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=REQUEST_LIMIT)
    try:
        connection.request("POST", "/v1/chat/completions", json.dumps(body), {"content-type": "application/json"})
        response = connection.getresponse()
        if response.status != 200:
            answer.failure = f"status {response.status}: {response.read(200)!r}"
            return answer
        for line in response:
            if line.startswith(b"data: {"):
                take(answer, json.loads(line[len("data: "):]), on_part)
    except OSError as broken:
        answer.failure = f"the connection broke: {broken}"
    finally:
        connection.close()
    if not answer.failure and not answer.tokens:
        answer.failure = "the stream ended early"
    return answer


def take(answer, chunk, on_part):
    if "error" in chunk:
        answer.failure = str(chunk["error"])[:200]
    for choice in chunk.get("choices", []):
        text = choice.get("delta", {}).get("content")
        if text:
            answer.parts.append((time.perf_counter(), len(text)))
            on_part()
    usage = chunk.get("usage")
    if usage:
        answer.tokens = usage["completion_tokens"]


def crowd(engine, clients, prompts, tokens, seconds):
    """So many clients for a while; what counts begins when all have heard something. First answers are of different lengths."""
    answers = []
    heard = [threading.Event() for _ in range(clients)]
    over = threading.Event()
    turn = iter(range(1 << 30))
    lock = threading.Lock()

    def come(number):
        limit = max(1, tokens * (number + 1) // clients)
        while not over.is_set():
            with lock:
                prompt = prompts[next(turn) % len(prompts)]
            answer = engine.ask(prompt, limit, heard[number].set)
            heard[number].set()
            with lock:
                answers.append(answer)
            limit = tokens
            if answer.failure:
                time.sleep(PAUSE_BEHIND_FAILURE)

    threads = [threading.Thread(target=come, args=(i,), daemon=True) for i in range(clients)]
    for thread in threads:
        thread.start()
    for event in heard:
        event.wait(REQUEST_LIMIT)
    begin = time.perf_counter()
    time.sleep(seconds)
    end = time.perf_counter()
    over.set()
    for thread in threads:
        thread.join(REQUEST_LIMIT)
    with lock:
        return counted(list(answers), begin, end)


def counted(answers, begin, end):
    slot = Slot(seconds=end - begin)
    for answer in answers:
        if answer.failure:
            slot.failures.append(answer.failure)
            continue
        characters = sum(many for _, many in answer.parts)
        within = sum(many for at, many in answer.parts if begin <= at < end)
        slot.tokens += answer.tokens * within / characters if characters else 0
        if begin <= answer.asked < end and answer.parts:
            slot.waits.append((answer.parts[0][0] - answer.asked) * 1e3)
    return slot
