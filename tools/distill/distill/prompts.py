"""Builds the training prompts from the lists in ``data/``, and reads the held-out ones.

No held-out prompt (``heldout.txt``) is a training prompt, which a test checks; some ask in the same form.
"""

import random
from pathlib import Path

DATA = Path(__file__).parent / "data"
SYSTEMS = (
    "You are a helpful assistant.",
    "You are a friendly and concise assistant.",
    "You are a patient teacher.",
    "Answer briefly.",
)
GREETINGS = (
    ("Hi!", "Hello! How can I help you today?"),
    ("Hello, can you help me?", "Of course! What would you like to know?"),
    ("Good evening.", "Good evening! What can I do for you?"),
    ("I have a question.", "Sure, go ahead."),
)
MIN_MESSAGE = 8  # characters of a message that the target made up
WIDER_TEMPLATES = 4  # for each subject of the wider list


def _lines(name: str) -> list:
    return [line.strip() for line in (DATA / name).read_text().splitlines() if line.strip()]


def _sections(name: str) -> list:
    """Pairs of section heading words and the section's lines."""
    sections = []
    for line in _lines(name):
        if line.startswith("["):
            sections.append((line[1:-1].split(), []))
        else:
            sections[-1][1].append(line)
    return sections


def _crossed(templates: list, values: list) -> list:
    return [t.replace("{x}", v) for t in templates for v in values]


def topic_prompts() -> list:
    """Every template with every topic of a kind it suits."""
    topics = {heading[0]: lines for heading, lines in _sections("topics.txt")}
    prompts = []
    for kinds, templates in _sections("templates.txt"):
        for kind in kinds:
            prompts += _crossed(templates, topics[kind])
    return prompts


def arithmetic_prompts(chooser: random.Random, count: int) -> list:
    """Small sums, plain and as word problems."""
    forms = (
        "What is {a} + {b}?",
        "What is {a} times {c}?",
        "Calculate {a} - {c} and show your work.",
        "What is {c}% of {b}?",
        "Sam has {a} apples and gives {c} to a friend. How many are left?",
        "A train travels {a} kilometres in {c} hours. What is its average speed?",
        "A shirt costs {a} dollars and is reduced by {c} percent. What is the new price?",
        "There are {c} boxes with {a} pencils each. How many pencils are there?",
        "Solve for x: {c}x + {b} = {a}.",
        "A rectangle is {a} metres long and {c} metres wide. What are its area and perimeter?",
        "Maria reads {c} pages a day. How long does she need for a book of {b} pages?",
        "Three friends share a bill of {b} dollars. How much does each pay?",
    )
    return [
        chooser.choice(forms).format(a=chooser.randint(5, 99), b=chooser.randint(10, 300), c=chooser.randint(2, 12))
        for _ in range(count)
    ]


def training_conversations(seed: int, count: int) -> list:
    """``count`` message lists, shuffled so that any beginning of the list is a fair sample."""
    chooser = random.Random(seed)
    passages = _crossed(_lines("passage_templates.txt"), _lines("passages.txt"))
    code = _crossed(_lines("code_templates.txt"), _lines("code_tasks.txt"))
    singles = _lines("singles.txt")
    special = passages + code + singles * 2 + arithmetic_prompts(chooser, 250)
    topical = topic_prompts()
    chooser.shuffle(special)
    chooser.shuffle(topical)
    chosen = special[: count // 4] + topical[: count - min(len(special), count // 4)]
    chooser.shuffle(chosen)
    return [_dressed(chooser, prompt) for prompt in chosen]


def wider_conversations(seed: int) -> list:
    """More subjects: each with a few templates that suit its kind, and more single prompts, three times each."""
    chooser = random.Random(seed + 2)
    templates = {}
    for kinds, lines in _sections("templates.txt"):
        for kind in kinds:
            templates.setdefault(kind, []).extend(lines)
    prompts = []
    for heading, lines in _sections("wider.txt"):
        if heading == ["single"]:
            prompts += lines * 3
            continue
        for topic in lines:
            prompts += _crossed(chooser.sample(templates[heading[0]], WIDER_TEMPLATES), [topic])
    chooser.shuffle(prompts)
    return [_dressed(chooser, prompt) for prompt in prompts]


def _dressed(chooser: random.Random, prompt: str) -> list:
    """Now and then with a system message or after an exchange of greetings."""
    messages = [{"role": "user", "content": prompt}]
    if chooser.random() < 0.08:
        hello, reply = chooser.choice(GREETINGS)
        messages = [{"role": "user", "content": hello}, {"role": "assistant", "content": reply}] + messages
    if chooser.random() < 0.12:
        messages = [{"role": "system", "content": chooser.choice(SYSTEMS)}] + messages
    return messages


def is_plain(text: str) -> bool:
    """Whether a message that the target made up reads like something typed in English, by its letters alone."""
    ascii_share = sum(c.isascii() for c in text) / max(1, len(text))
    return len(text) >= MIN_MESSAGE and ascii_share > 0.95 and any(c.isalpha() for c in text)


def letters(text: str) -> str:
    """What two messages have in common that differ in case, spaces and marks alone."""
    return "".join(c for c in text.casefold() if c.isalnum())


def follow_up(chooser: random.Random) -> dict:
    """The user's next message after any reply."""
    return {"role": "user", "content": chooser.choice(_lines("followups.txt"))}


def heldout_conversations() -> list:
    """Never trained on; `` ||| `` separates the turns of a dialogue, user first."""
    conversations = []
    for line in _lines("heldout.txt"):
        turns = line.split(" ||| ")
        roles = ("user", "assistant")
        conversations.append([{"role": roles[i % 2], "content": turn} for i, turn in enumerate(turns)])
    return conversations
