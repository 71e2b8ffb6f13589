"""The queries that the search is measured by: there are enough of each kind, and the half kept aside is as it was."""

import hashlib
from collections import Counter

import pytest

from tests.eval.queries import FOLDER, KINDS, Query, read
from tests.world import content

KEPT = "e2884c1d6c64f889699be597ad7895782f58a5310b085bc56b1322e44468213c"


def test_the_half_kept_aside_is_as_it_was_before_the_search_was_written() -> None:
    assert hashlib.sha256((FOLDER / "kept.tsv").read_bytes()).hexdigest() == KEPT


def test_there_are_enough_queries_and_enough_to_decline() -> None:
    every = [*read("tuning"), *read("kept")]
    assert len(every) >= 600
    assert sum(query.kind == "declined" for query in every) >= 120


def test_no_query_stands_twice() -> None:
    texts = Counter(" ".join(query.text.casefold().split()) for query in [*read("tuning"), *read("kept")])
    assert not [text for text, times in texts.items() if times > 1]


@pytest.mark.parametrize("half", ["tuning", "kept"])
@pytest.mark.parametrize("kind", KINDS)
def test_each_half_has_every_kind_with_topics_that_there_are(half: str, kind: str) -> None:
    topics = content().topics
    queries = [query for query in read(half) if query.kind == kind]
    assert len(queries) >= 25
    assert not [query for query in queries if not _is_whole(query, set(topics))]


def _is_whole(query: Query, topics: set[str]) -> bool:
    return bool(query.text.strip()) and query.right <= topics and bool(query.right) == (query.kind != "declined")
