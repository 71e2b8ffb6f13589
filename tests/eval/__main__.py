"""Measures the search beside plain means: `make eval`; ARGS=misses tells what fails, ARGS=kept is the final figure."""

import argparse

from bot.roadmap.load import load
from bot.roadmap.search import Search
from bot.settings import shipped_content
from tests.eval import plain
from tests.eval.measure import Means, is_right, shares
from tests.eval.queries import KINDS, read


def main() -> None:
    """Prints the share of right answers per kind in percent; nothing here passes or fails."""
    parser = argparse.ArgumentParser("make eval", description="Measures how well the topic meant is found.")
    parser.add_argument("what", nargs="?", choices=["tuning", "kept", "misses"], default="tuning")
    what = parser.parse_args().what
    topics = load(shipped_content()).topics
    search = Search(topics)
    ours = Means(
        lambda text: found.topic.id if (found := search.find(text)).topic else None,
        lambda text: [topic.id for topic in search.starting(text, 5)],
    )
    if what == "misses":
        for query in read("tuning"):
            if not is_right(query, ours):
                got = ours.starting(query.text) if query.kind == "prefix" else ours.meant(query.text)
                print(f"{query.kind}\t{query.text}\t{','.join(sorted(query.right)) or '-'}\t{got}")
        return
    every = {"Cairn": ours}
    for name, ranked in plain.means(topics).items():
        every[name] = _plain(ranked, plain.threshold(ranked, read("tuning")))
    print(f"{'top-1 in %':16}" + "".join(f"{kind:>10}" for kind in (*KINDS, "all")))
    for name, means in every.items():
        found = shares(read(what), means)
        print(f"{name:16}" + "".join(f"{share.percent:10.1f}" for share in found.values()))
        if name == "Cairn":
            print(f"{'of':16}" + "".join(f"{share.of:10}" for share in found.values()))


def _plain(ranked: plain.Plain, least: float) -> Means:
    def meant(text: str) -> str | None:
        best = ranked(text)[:1]
        return best[0][0] if best and best[0][1] >= least else None

    return Means(meant, lambda text: [topic for topic, _ in ranked(text)])


if __name__ == "__main__":
    main()
