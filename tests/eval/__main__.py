"""Measures the search beside plain means: `make eval`; ARGS: kept (the final figure), misses, steps, fit (weights)."""

import argparse
from collections.abc import Iterable, Sequence

from bot.roadmap.load import load
from bot.roadmap.search import Search
from bot.settings import shipped_content
from tests.eval import fit, plain, steps
from tests.eval.measure import Means, is_right, shares
from tests.eval.queries import KINDS, Query, read
from tests.eval.slips import slipped

WHAT = ("tuning", "kept", "learning", "misses", "steps", "fit")


def main() -> None:
    """Prints the share of right answers per kind in percent; nothing here passes or fails."""
    parser = argparse.ArgumentParser("make eval", description="Measures how well the topic meant is found.")
    parser.add_argument("what", nargs="?", choices=WHAT, default="tuning")
    what = parser.parse_args().what
    content = load(shipped_content())
    search = Search(content)
    ours = steps.means(search)
    if what == "fit":
        print(fit.report(search, [*read("tuning"), *read("learning")]))
        return
    if what == "misses":
        for query in [*read("tuning"), *read("learning")]:
            if not is_right(query, ours):
                got = ours.starting(query.text) if query.kind == "prefix" else ours.meant(query.text)
                print(f"{query.kind}\t{query.text}\t{','.join(sorted(query.right)) or '-'}\t{got}")
        return
    if what == "steps":
        _table(read("tuning"), ((name, steps.means(each)) for name, each in steps.steps(content)))
        print("\nnamed and described, with a slip in the longest word")
        _table(slipped(read("tuning")), ((name, steps.means(each)) for name, each in steps.spelling_steps(content)))
        return
    plains = plain.means(content.topics).items()
    _table(read(what), [("Cairn", ours), *((name, _plain(ranked)) for name, ranked in plains)])


def _table(queries: Sequence[Query], every: Iterable[tuple[str, Means]]) -> None:
    print(f"{'top-1 in %':27}" + "".join(f"{kind:>10}" for kind in (*KINDS, "all")))
    for at, (name, means) in enumerate(every):
        found = shares(queries, means)
        print(f"{name:27}" + "".join(f"{share.percent:10.1f}" for share in found.values()), flush=True)
        if not at:
            print(f"{'of':27}" + "".join(f"{share.of:10}" for share in found.values()))


def _plain(ranked: plain.Plain) -> Means:
    least = plain.threshold(ranked, read("tuning"))

    def meant(text: str) -> str | None:
        best = ranked(text)[:1]
        return best[0][0] if best and best[0][1] >= least else None

    return Means(meant, lambda text: [topic for topic, _ in ranked(text)])


if __name__ == "__main__":
    main()
