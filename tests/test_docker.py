"""The container: each step of the Dockerfile works in a clean directory, what it builds answers, compose.yaml fits it.

No container engine is asked for. A directory stands in for the image's root, and the interpreter of this run for the
image's own; paths under INSIDE are put below that directory, in steps and in the environment alike.
"""

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path
from string import Template
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from bot import settings
from tests.content.parsing import grammar

if TYPE_CHECKING:
    from tree_sitter import Node

ROOT = Path(__file__).parents[1]
DOCKERFILE = (ROOT / "Dockerfile").read_text()
COMPOSE: dict[str, Any] = yaml.safe_load((ROOT / "compose.yaml").read_text())

INSIDE = re.compile(r"(?<![\w.])/(src|opt|data)\b")
STEPS = ("run", "copy", "workdir", "env")
FACTS = ("user", "volume", "stopsignal", "entrypoint", "cmd")


@dataclass(frozen=True)
class Step:
    """One instruction: its flags (`--from=build`), its words (of ENV: NAME=value), and all as written."""

    name: str
    words: tuple[str, ...]
    flags: dict[str, str]
    text: str


@dataclass
class Stage:
    """What stands between two FROM: the steps in order, and what the image is told once."""

    image: str
    alias: str
    steps: list[Step] = field(default_factory=list)
    facts: dict[str, Step] = field(default_factory=dict)


def stages(dockerfile: str) -> list[Stage]:
    """The stages; an instruction that is not in STEPS or FACTS, or a fact that is told twice, is an error."""
    from tree_sitter import Language, Parser

    assert grammar("tree_sitter_containerfile")(dockerfile) == ""
    language = Language(import_module("tree_sitter_containerfile").language())
    found: list[Stage] = []
    for node in Parser(language).parse(dockerfile.encode()).root_node.named_children:
        if node.type == "comment":
            continue
        step = _step(node)
        if step.name == "from":
            image, _, alias = step.text.partition(" AS ")
            found.append(Stage(image, alias))
        elif step.name in STEPS:
            found[-1].steps.append(step)
        else:
            assert step.name in FACTS, f"no rule for {step.name.upper()}"
            assert step.name not in found[-1].facts, f"{step.name.upper()} twice"
            found[-1].facts[step.name] = step
    return found


def _step(node: "Node") -> Step:
    name, _, text = _text(node).partition(" ")
    flags = [_text(child).removeprefix("--") for child in node.named_children if child.type == "param"]
    words = [_text(child) for child in node.named_children if child.type in ("path", "env_pair")]
    if text.startswith("["):
        words = json.loads(text)
    return Step(
        name.lower(), tuple(words), {key: value for key, _, value in (flag.partition("=") for flag in flags)}, text
    )


def _text(node: "Node") -> str:
    assert node.text is not None
    return node.text.decode().strip()


@dataclass
class Box:
    """A directory that stands in for the image's root while a stage is built; earlier stages lie beside it."""

    folder: Path
    context: Path
    workdir: str = "/"
    told: dict[str, str] = field(default_factory=dict)

    @property
    def root(self) -> Path:
        return self.folder / "root"

    def begin(self, done: str) -> None:
        """A clean root, with nothing of the stage `done` but what is copied from it."""
        if self.root.exists():
            self.root.rename(self.folder / done)
        self.root.mkdir()
        self.workdir, self.told = "/", {}

    def inside(self, text: str) -> str:
        """A text of the image with its paths put below the root."""
        return INSIDE.sub(lambda match: f"{self.root}{match[0]}", text)

    def place(self, path: str) -> Path:
        """Where a path of the image lies; one that no other text of the image could name is refused."""
        whole = os.path.normpath(Path(self.workdir, path))
        assert INSIDE.match(whole), f"{whole} is not under a folder that INSIDE names"
        return Path(self.inside(whole))

    def environment(self, base: dict[str, str]) -> dict[str, str]:
        """A base image's environment with what the stage told on top."""
        made = dict(base)
        for name, value in self.told.items():
            made[name] = Template(self.inside(value)).substitute(made)
        return made

    def take(self, step: Step, base: dict[str, str]) -> None:
        """Does one step, as the engine would."""
        match step.name:
            case "env":
                self.told |= {name: value.strip('"') for name, _, value in (word.partition("=") for word in step.words)}
            case "workdir":
                self.workdir = step.words[0]
                self.place(".").mkdir(parents=True, exist_ok=True)
            case "copy":
                self._copy(step)
            case "run":
                command = ["sh", "-c", self.inside(step.text)]
                done = _done(command, self.environment(base), self.place("."))
                assert done.returncode == 0, f"RUN {step.text}\n{done.stdout}{done.stderr}"

    def _copy(self, step: Step) -> None:
        assert step.flags.keys() <= {"from", "chown"}
        *sources, last = step.words
        target = self.place(last)
        source_root = self.folder / step.flags["from"] if "from" in step.flags else self.context
        for source in sources:
            origin = source_root / source.lstrip("/")
            if origin.is_dir():
                shutil.copytree(origin, target, symlinks=True, dirs_exist_ok=True)
            else:
                assert len(sources) == 1 or last.endswith("/"), f"COPY of many files to {last}"
                target.mkdir(parents=True, exist_ok=True)
                shutil.copy(origin, target)


def _done(command: list[str], env: dict[str, str], cwd: Path, said: str = "") -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command, env=env, cwd=cwd, input=said, check=False, capture_output=True, text=True, timeout=150
    )


def send_context(target: Path) -> None:
    """What the engine is sent: the names .dockerignore takes back after `*`, without what it leaves out everywhere."""
    first, *rules = [line for line in (ROOT / ".dockerignore").read_text().splitlines() if not line.startswith("#")]
    assert first == "*"
    target.mkdir()
    out = shutil.ignore_patterns(*(rule[3:] for rule in rules if rule.startswith("**/")))
    for rule in rules:
        assert re.fullmatch(r"!\.?[\w.-]+|\*\*/[\w.*-]+", rule), f"no rule for {rule}"
        origin = ROOT / rule.removeprefix("!")
        if rule.startswith("!") and origin.is_dir():
            shutil.copytree(origin, target / origin.name, ignore=out)
        elif rule.startswith("!"):
            shutil.copy(origin, target)


UV = ROOT / ".tools/bin/uv"

PIP_BY_UV = f"""#!/bin/sh
test "$1" = --python || exit 64
python=$2 verb=$3
shift 3
exec '{UV}' pip "$verb" --python "$python" "$@"
"""
PIP = f"""#!/bin/sh
exec '{sys.base_prefix}/bin/python3' -m pip "$@"
"""


def building(tools: Path) -> dict[str, str]:
    """The environment of RUN: this run's own, for its package index, and with it `python` and `pip`.

    `pip` is uv where make has put it: it has just fetched the same files, so the test takes half the time.
    """
    tools.mkdir()
    for name, script in {
        "python": f"#!/bin/sh\nexec '{sys.executable}' \"$@\"\n",
        "pip": PIP_BY_UV if UV.exists() else PIP,
    }.items():
        (tools / name).write_text(script)
        (tools / name).chmod(0o755)
    others = ("CAIRN_", "PYTHON", "VIRTUAL_ENV")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(others)}
    return kept | {"PATH": f"{tools}:{os.environ['PATH']}", "PIP_REQUIRE_VIRTUALENV": "0"}


def files(folder: Path, besides: Path) -> set[Path]:
    """All that lies in a folder but for one folder in it and bytecode."""
    return {
        path for path in folder.rglob("*") if not path.is_relative_to(besides) and not {"__pycache__"} & set(path.parts)
    }


@pytest.mark.timeout(240)
def test_what_the_dockerfile_builds_answers(tmp_path: Path) -> None:
    box = Box(tmp_path, tmp_path / "context")
    send_context(box.context)
    base = building(tmp_path / "tools")
    last, before = Stage("", ""), ""
    for last in stages(DOCKERFILE):
        box.begin(before)
        for step in last.steps:
            box.take(step, base)
        before = last.alias

    env = box.environment({"PATH": os.defpath})
    data = box.root / "data"
    found = shutil.which(last.facts["entrypoint"].words[0], path=env["PATH"])
    assert found
    assert Path(found).is_relative_to(box.root)
    built = files(box.root, data)
    shutil.rmtree(box.folder / "context")
    shutil.rmtree(box.folder / "build")

    chat = _done([found, "chat", "--json"], env, box.place("."), '{"text": "/explain caching"}\n{"tick": true}\n')
    assert chat.returncode == 0, chat.stderr
    answer, tick = map(json.loads, chat.stdout.splitlines())
    assert answer["error"] is tick["error"] is None
    assert answer["reply"]["about"][0] == "caching"

    run = _done([found, *last.facts["cmd"].words], env, box.place("."))
    assert (run.returncode, run.stdout) == (2, "")
    assert run.stderr.startswith("cairn: ")
    assert run.stderr.count("cairn: ") == 1
    assert "Traceback" not in run.stderr

    assert (data / "cairn.db").is_file()
    assert list((data / "cache").rglob("*.*"))
    assert files(box.root, data) == built, "something was written outside the volume"


def test_the_image_says_who_runs_what() -> None:
    build, last = stages(DOCKERFILE)
    assert build.image == last.image, "an environment is copied between interpreters of one version"
    assert "/" not in build.image
    assert build.facts == {}
    assert {name: fact.text for name, fact in last.facts.items()} == {
        "user": "10001:10001",
        "volume": "/data",
        "stopsignal": "SIGTERM",
        "entrypoint": '["cairn"]',
        "cmd": '["run"]',
    }
    assert [step.name for step in last.steps if step.name == "run"] == []


def test_the_volume_belongs_to_who_runs() -> None:
    last = stages(DOCKERFILE)[-1]
    owners = {step.words[-1]: step.flags.get("chown") for step in last.steps if step.name == "copy"}
    assert owners == {"/opt/cairn": None, last.facts["volume"].text: last.facts["user"].text}


def test_every_package_is_installed_by_its_hash() -> None:
    installs = [
        line
        for stage in stages(DOCKERFILE)
        for step in stage.steps
        for line in step.text.splitlines()
        if step.name == "run" and "install" in line
    ]
    assert len(installs) == 3
    assert all("--require-hashes" in line or "--no-index" in line for line in installs)


@pytest.mark.parametrize("line", ["FROM x\nADD a b", "FROM x\nRUNN a", "FROM x\nUSER 1\nUSER 2"])
def test_a_dockerfile_is_read_strictly(line: str) -> None:
    with pytest.raises(AssertionError):
        stages(line + "\n")


class Asked(dict[str, str]):
    """An environment that remembers what it was asked for."""

    def __init__(self, values: dict[str, str]) -> None:
        super().__init__(values)
        self.names: set[str] = set()

    def get(self, name: str, default: Any = None) -> Any:
        self.names.add(name)
        return super().get(name, default)


def defaults() -> Iterator[tuple[str, str]]:
    """What compose.yaml sets where the host sets nothing: every value is the host's own variable of that name."""
    for name, value in COMPOSE["services"]["cairn"]["environment"].items():
        match = re.fullmatch(r"\$\{(\w+):-(.*)\}", value)
        assert match, f"{name}: {value}"
        assert match[1] == name
        yield name, match[2]


def test_compose_sets_only_what_is_read() -> None:
    asked = Asked(dict(defaults()))
    settings.read(asked)
    assert asked.keys() <= asked.names
    assert {"CAIRN_DISCORD_TOKEN", "CAIRN_TELEGRAM_TOKEN", "CAIRN_OWNERS"} <= asked.keys()


def test_compose_keeps_the_data_where_the_image_does() -> None:
    assert COMPOSE.keys() == {"services", "volumes"}
    assert COMPOSE["services"].keys() == {"cairn"}
    service, last = COMPOSE["services"]["cairn"], stages(DOCKERFILE)[-1]
    assert service["build"] == "."
    assert "image" not in service
    [(name, target)] = [volume.split(":") for volume in service["volumes"]]
    assert name in COMPOSE["volumes"]
    assert target == last.facts["volume"].text
    told = [word for step in last.steps if step.name == "env" for word in step.words]
    assert f"CAIRN_DATABASE_URL={dict(defaults())['CAIRN_DATABASE_URL']}" in told


def test_a_token_in_env_stays_with_the_host() -> None:
    assert "/.env" in (ROOT / ".gitignore").read_text().splitlines()
    assert "!.env" not in (ROOT / ".dockerignore").read_text().splitlines()
