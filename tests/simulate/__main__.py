"""Simulates learners: `make simulate`, or `make simulate ARGS="placement --learners 300 --json FILE"`."""

import argparse
import json
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from time import perf_counter

from bot.roadmap.model import Content, Roadmap
from tests.bench.numbers import Found
from tests.simulate import placing, teaching
from tests.simulate.many import Many, on
from tests.simulate.studying import World
from tests.world import content

SEED = "cairn"
PLACED = 1000
TAUGHT = 48


def main() -> None:
    """Prints tables; nothing here passes or fails."""
    given = _parser().parse_args()
    begun = perf_counter()
    shipped = content()
    roadmap = next(iter(shipped.roadmaps.values()))
    found: list[Found] = []
    with ProcessPoolExecutor(given.jobs) as pool:
        for what in given.what or ["placement", "teaching"]:
            found += _simulated(what, given.learners, given.seed, shipped, roadmap, on(pool))
    print(f"{perf_counter() - begun:.0f} s in all, seed {given.seed}")
    if given.json:
        tables = [{"title": one.title, "rows": one.rows, "notes": one.notes} for one in found]
        given.json.write_text(json.dumps({"seed": given.seed, "tables": tables}, indent=2) + "\n")


def _simulated(
    what: str, learners: int | None, seed: str, shipped: Content, roadmap: Roadmap, many: Many
) -> list[Found]:
    if what == "placement":
        found = placing.measure(roadmap, learners or PLACED, seed, many)
    else:
        minutes = {topic.id: topic.minutes for topic in shipped.topics.values()}
        found = teaching.measure(World(roadmap, minutes), learners or TAUGHT, seed, many)
    for one in found:
        print(f"{one.table()}\n", flush=True)
    return found


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser("make simulate", description="Simulates learners, and what Cairn does for them.")
    parser.add_argument("what", nargs="*", type=_known, metavar="WHAT", help="placement or teaching; else both")
    parser.add_argument("--learners", type=int, metavar="N", help=f"else {PLACED} for placement, {TAUGHT} for teaching")
    parser.add_argument("--seed", default=SEED)
    parser.add_argument("--jobs", type=int, metavar="N", help="processes; else one for each core")
    parser.add_argument("--json", metavar="FILE", type=Path, help="writes the tables there too")
    return parser


def _known(what: str) -> str:
    if what not in ("placement", "teaching"):
        raise argparse.ArgumentTypeError(f"there is no simulation {what!r}; there are placement and teaching")
    return what


if __name__ == "__main__":
    main()
