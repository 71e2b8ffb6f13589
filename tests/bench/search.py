"""Finding the topic meant: what a query costs, and how that grows with made topics."""

import tracemalloc
from itertools import cycle
from pathlib import Path
from random import Random
from time import perf_counter

import msgspec

from bot.roadmap.finding.index import Index
from bot.roadmap.finding.languages import SNOWBALL
from bot.roadmap.load import load
from bot.roadmap.model import Content, Topic
from bot.roadmap.search import Search
from tests.bench.numbers import Found, Row, ms, p99_ms, ratio
from tests.eval.queries import Query, read
from tests.world import SHIPPED

SIZES = (2_000, 10_000)
ASKS = 30
"""Phrases that ask for a made topic, drawn from those of the shipped ones."""
AIMS = "aims: median 2 ms and p99 10 ms with the shipped content; at 10,000 topics below 50 ms, growth at most linear"


def measure(folder: Path) -> Found:
    """Every query of the tuning half, once warmed up, with the shipped topics and with made ones."""
    load(SHIPPED, folder)
    begun = perf_counter()
    shipped = load(SHIPPED, folder)
    start = perf_counter() - begun
    begun = perf_counter()
    Search(shipped).find("was ist ein Index")
    first = perf_counter() - begun
    tracemalloc.start()
    index = msgspec.msgpack.decode(shipped.index, type=Index)
    assert index.postings
    assert all(index.pair(letter) is None for letter in index.kept_pairs)
    assert all(index.lexicon(language).longest for language in SNOWBALL)
    memory = tracemalloc.get_traced_memory()[0]
    tracemalloc.stop()
    queries = read("tuning")
    few = _times(Search(shipped), queries)
    rows = [_row(len(shipped.topics), few, few)]
    rows += [_row(size, _times(Search(grown(shipped, size)), queries), few) for size in SIZES]
    return Found(
        "Finding a topic",
        rows,
        [
            f"index: {len(shipped.index) / 1e6:.1f} MB kept, {memory / 1e6:.0f} MB in memory",
            f"content with its index from the cache {1000 * start:.1f} ms, first query {1000 * first:.1f} ms",
            AIMS,
        ],
    )


def grown(shipped: Content, size: int) -> Content:
    """The shipped topics and as many made ones, which share their words, as make so many."""
    chance = Random(1)
    every = [ask for topic in shipped.topics.values() for ask in topic.asks]
    topics = dict(shipped.topics)
    for number, like in zip(range(size - len(topics)), cycle(shipped.topics.values()), strict=False):
        title = f"{like.title} of kind {number}"
        asks = tuple(f"{ask} {number}" for ask in chance.sample(every, ASKS))
        name = f"made-{number}"
        topics[name] = Topic(name, title, (title,), (), asks, 30, like.breath, like.parts)
    return Content(topics, shipped.roadmaps, {}, shipped.elsewhere)


def _times(search: Search, queries: list[Query]) -> list[float]:
    search.find("something to warm it up")
    times = []
    for query in queries:
        begun = perf_counter()
        search.starting(query.text) if query.kind == "prefix" else search.find(query.text)
        times.append(perf_counter() - begun)
    return times


def _row(topics: int, times: list[float], few: list[float]) -> Row:
    return {
        "topics": f"{topics:,}",
        "n": len(times),
        "median ms": ms(times),
        "p99 ms": p99_ms(times),
        "most ms": round(1000 * max(times), 3),
        "ratio": ratio(times, few),
    }
