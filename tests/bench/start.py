"""From a new process to its first reply, beside a new process that only imports sqlalchemy.orm."""

import contextlib
import os
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path
from time import perf_counter

from tests.bench.numbers import Found, Row, ms, ratio

ROOT = Path(__file__).parents[2]
ROUNDS = 11
AIM = 1.6
TOP = 16
"""Lines of the list of imports."""

_IMPORT = re.compile(r"import time:\s+(\d+) \|\s+(\d+) \| +(\S+)")


def measure(folder: Path) -> Found:
    """Second starts: the database is current and the content is kept ready-made."""
    chat, orm = _chat(folder), [sys.executable, "-c", "import sqlalchemy.orm"]
    for command in (chat, orm):
        _first_line(command, folder)
    ours, theirs, bare = [], [], []
    for _ in range(ROUNDS):
        ours.append(_first_line(chat, folder))
        theirs.append(_first_line(orm, folder))
        bare.append(_first_line([sys.executable, "-c", "pass"], folder))
    rows: list[Row] = [
        {
            "what": name,
            "n": ROUNDS,
            "median ms": ms(times),
            "most ms": round(1000 * max(times), 3),
            "ratio": ratio(times, theirs),
        }
        for name, times in (("chat --json, first reply", ours), ("import sqlalchemy.orm", theirs), ("pass", bare))
    ]
    return Found("Start of a new process", rows, [f"aim: a ratio of {AIM} or less"])


def imports(folder: Path) -> Found:
    """Where the start goes: the imports by package, then the dearest modules of ours and what they bring along."""
    _first_line(_chat(folder), folder)
    lines = _traced(_chat(folder), folder)
    found = [(int(alone), int(whole), name) for alone, whole, name in _IMPORT.findall(lines)]
    packages: Counter[str] = Counter()
    for alone, _, name in found:
        packages[_package(name)] += alone
    rows: list[Row] = [
        {"imported": f"{name} (all of it)", "ms": cost / 1000} for name, cost in packages.most_common(TOP // 2)
    ]
    dear = sorted(((whole, name) for _, whole, name in found if _ours(name)), reverse=True)
    rows += [{"imported": f"{name} (with what it imports)", "ms": cost / 1000} for cost, name in dear[:TOP]]
    return Found("Imports of one start (-X importtime, which slows them)", rows)


def _package(name: str) -> str:
    head = name.partition(".")[0]
    return "the standard library" if head in sys.stdlib_module_names else head


def _ours(name: str) -> bool:
    return _package(name) in ("bot", "adapters") or name.startswith("sqlalchemy.dialects.")


def _chat(folder: Path) -> list[str]:
    return [sys.executable, "-m", "bot", "chat", "--json", "--db", f"sqlite:///{folder / 'start.db'}"]


def _first_line(command: list[str], folder: Path) -> float:
    """Seconds until the process has said a line, or has ended where it says nothing."""
    begun = perf_counter()
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=ROOT, env=_environment(folder)
    ) as process:
        line, took = _asked(process, begun)
    if process.returncode or ("chat" in command) != line.startswith(b'{"reply": {'):
        raise RuntimeError(f"{' '.join(command)} ended with {process.returncode} and said {line[:200]!r}")
    return took


def _asked(process: "subprocess.Popen[bytes]", begun: float) -> tuple[bytes, float]:
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.write(b"/next\n")
    with contextlib.suppress(BrokenPipeError):
        process.stdin.flush()
    line = process.stdout.readline()
    return line, perf_counter() - begun


def _traced(command: list[str], folder: Path) -> str:
    """What `-X importtime` says of a command."""
    command = [command[0], "-X", "importtime", *command[1:]]
    environment = _environment(folder)
    done = subprocess.run(
        command, input=b"/next\n", capture_output=True, cwd=ROOT, env=environment, check=True, timeout=60
    )
    return done.stderr.decode()


def _environment(folder: Path) -> dict[str, str]:
    """This environment without settings of Cairn or of Python's caches, and with a cache folder of its own."""
    kept = {key: value for key, value in os.environ.items() if not key.startswith(("CAIRN_", "PYTHON"))}
    return {**kept, "XDG_CACHE_HOME": str(folder / "cache"), "XDG_DATA_HOME": str(folder / "data")}
