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


def write(folder):
    source = random.Random(SEED)
    jinja = jinja2.Environment(trim_blocks=True, lstrip_blocks=True)
    templates = [template(source) for _ in range(CASES)]
    cases = [{"template": t, "text": jinja.from_string(t).render(bos_token="B")} for t in templates]
    (folder / "templates.json").write_text(json.dumps(cases, indent=0) + "\n")
