"""Random chat templates, and what Jinja makes of them as transformers sets it up: it must agree to the space."""

import json
import random

import jinja2

CASES = 60
SEED = 5
TEXTS = ["  ", "\n", "x", "\n  ", ""]
TAGS = {
    "value": "{{%s bos_token %s}}",
    "string": "{{%s '}x' %s}}",
    "if": "{%%%s if true %s%%}",
    "end": "{%%%s endif %s%%}",
    "comment": "{#%s it's a note %s#}",
}

CONTENT_CASES = 40
SPACES = ["\n", "\r\n\t", "\x0b", "\x1f", "\x85", "\xa0", "\u2003", "\u202f", "\u3000", " \n\xa0"]
PADS = ["", "", " ", *SPACES, "\u200b", "\ufeff"]
CONTENT_TEMPLATES = [
    "{{ messages[0]['content'] }}",
    " {{ messages[0]['content'] | trim }} ",
    "{{ 'a ' + messages[0]['content'] | trim + ' b' }}",
    "{{ 'a ' + messages[0]['content'] + ' b' }}",
    "{{ ('a ' + messages[0]['content'])|trim }} b",
    "a {{ (messages[0]['content'] + ' b') | trim }}",
    "{% for m in messages %}{% set c = m['content']|trim %}[{{ c }}]{{ m.content }}{% endfor %}",
    "{{ messages[0]['content'].strip() }}",
]


def text(source):
    return "".join(source.choice(TEXTS) for _ in range(3))


def tag(source, kind):
    return TAGS[kind] % (source.choice(["", "", "-"]), source.choice(["", "", "-"]))


def template(source):
    parts, opened = [], 0
    for _ in range(source.randint(1, 7)):
        kind = source.choice([*TAGS, "value"])
        if kind == "end" and not opened:
            kind = "value"
        opened += (kind == "if") - (kind == "end")
        parts += [text(source), tag(source, kind)]
    for _ in range(opened):
        parts += [text(source), tag(source, "end")]
    return "".join(parts) + source.choice(["y", "", "\n", "\n\n"])


def content(source):
    return source.choice(PADS) + source.choice(["Hi", "Hi \n there", "é"]) + source.choice(PADS)


def padded(source, jinja, template):
    words = content(source)
    rendered = jinja.from_string(template).render(messages=[{"role": "user", "content": words}])
    return {"template": template, "content": words, "text": rendered}


def write(folder):
    source = random.Random(SEED)
    jinja = jinja2.Environment(trim_blocks=True, lstrip_blocks=True)
    templates = [template(source) for _ in range(CASES)]
    cases = [{"template": t, "text": jinja.from_string(t).render(bos_token="B")} for t in templates]
    (folder / "templates.json").write_text(json.dumps(cases, indent=0) + "\n")
    cases = [padded(source, jinja, CONTENT_TEMPLATES[i % len(CONTENT_TEMPLATES)]) for i in range(CONTENT_CASES)]
    (folder / "padded.json").write_text(json.dumps(cases, indent=0) + "\n")
