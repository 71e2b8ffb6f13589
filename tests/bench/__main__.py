"""Measures Cairn: `make bench`, or `make bench ARGS="start --imports --json FILE"`."""

import argparse
import json
import os
import platform
import tempfile
from pathlib import Path
from time import perf_counter

import sqlalchemy

from tests.bench import (
    boards,
    clock,
    dc,
    dc_process,
    deliver,
    done,
    history,
    quizzes,
    search,
    start,
    telegram,
    telegram_process,
)
from tests.bench.numbers import Found

MEASURES = {
    "start": start.measure,
    "done": done.measure,
    "history": history.measure,
    "quizzes": quizzes.measure,
    "boards": boards.measure,
    "search": search.measure,
    "clock": clock.measure,
    "deliver": deliver.speed,
    "deliver-limit": deliver.limit,
    "deliver-claims": deliver.claims,
    "telegram": telegram.measure,
    "telegram-start": telegram_process.start,
    "telegram-memory": telegram_process.memory,
    "discord": dc.measure,
    "discord-start": dc_process.start,
    "discord-memory": dc_process.memory,
}


def main() -> None:
    """Prints a table for each measure; nothing here passes or fails."""
    given = _parser().parse_args()
    begun = perf_counter()
    machine = (
        f"Python {platform.python_version()}, SQLAlchemy {sqlalchemy.__version__}, "
        f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}"
    )
    print(machine)
    found: dict[str, Found] = {}
    for name in given.measures or MEASURES:
        found[name] = _measured(name)
    if given.imports:
        with tempfile.TemporaryDirectory() as folder:
            found["imports"] = start.imports(Path(folder))
        print(f"\n{found['imports'].table()}")
    print(f"\n{perf_counter() - begun:.0f} s in all")
    if given.json:
        measures = {name: {"title": one.title, "rows": one.rows, "notes": one.notes} for name, one in found.items()}
        given.json.write_text(json.dumps({"machine": machine, "measures": measures}, indent=2) + "\n")


def _measured(name: str) -> Found:
    with tempfile.TemporaryDirectory() as folder:
        found = MEASURES[name](Path(folder))
    print(f"\n{found.table()}", flush=True)
    return found


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser("make bench", description="Measures Cairn on this machine.")
    parser.add_argument(
        "measures", nargs="*", type=_known, metavar="MEASURE", help=f"of {', '.join(MEASURES)}; else all"
    )
    parser.add_argument("--json", metavar="FILE", type=Path, help="writes the numbers there too")
    parser.add_argument("--imports", action="store_true", help="shows where the start goes")
    return parser


def _known(name: str) -> str:
    if name not in MEASURES:
        raise argparse.ArgumentTypeError(f"there is no measure {name!r}; there are {', '.join(MEASURES)}")
    return name


if __name__ == "__main__":
    main()
