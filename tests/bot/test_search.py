"""Finding the topic somebody meant: by its names, in any spelling, by a question, in other languages; and declining."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.roadmap.search import Search
from tests.world import content

SEARCH = Search(content())
LABELS = (Path(__file__).parents[2] / "content/roadmaps/backend.labels.txt").read_text().splitlines()


def meant(text: str) -> str | None:
    topic = SEARCH.find(text).topic
    return topic.id if topic else None


@pytest.mark.parametrize("label", sorted(set(LABELS)))
def test_every_label_is_a_topics_exact_name(label: str) -> None:
    for text in (label, label.lower(), label.upper()):
        found = SEARCH.find(text).topic
        assert found is not None
        assert label in found.labels


def test_run_together_labels_are_accepted_mended_too() -> None:
    for text in ("Learn one language and build lots of projects before moving on",):
        assert SEARCH.exact(text) is SEARCH.topics["pick-a-backend-language"]


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("ci cd", "ci-cd"),
        ("CI/CD", "ci-cd"),
        ("cicd", "ci-cd"),
        ("n+1", "n-1-problem"),
        ("ssltls", "ssl-tls"),
        ("SSL / TLS", "ssl-tls"),
        ("web-security", "web-security"),
        ("c#", "csharp"),
        ("k8s", "kubernetes"),
        ("pg", "postgresql"),
        ("oidc", "openid"),
        ("brewer's theorem", "cap-theorem"),
        ("wsdl", "soap"),
    ],
)
def test_names_and_nicknames_as_people_type_them(text: str, topic: str) -> None:
    assert meant(text) == topic
    assert SEARCH.find(text).sure


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("shardng", "sharding-strategies"),
        ("kuberentes", "kubernetes"),
        ("elastcsearch", "elasticsearch"),
        ("postgressql", "postgresql"),
        ("Dokcer", "docker"),
        ("sequel lite", "sqlite"),
        ("cashing", "caching"),
        ("jtw", "jwt"),
        ("maria bd", "mariadb"),
    ],
)
def test_slips_of_the_finger_and_of_the_ear(text: str, topic: str) -> None:
    assert meant(text) == topic


@pytest.mark.parametrize("text", ["resting", "fast", "pythons", "go to the beach", "coffee"])
def test_an_ordinary_word_is_no_misspelt_name(text: str) -> None:
    assert meant(text) != "testing"
    assert SEARCH.read(text).topic in (None, SEARCH.topics["python"])


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("explain like i'm 5 how jwt works", "jwt"),
        ("how does kafka keep messages in order", "kafka"),
        ("what is an api, my mother asked at dinner", "learn-about-apis"),
        ("in my paris dorm the wifi is bad but what is docker", "docker"),
        ("show me what ACID means without chemistry", "acid"),
        ("pros and cons of caching", "caching"),
        ("my app fires one query per row", "n-1-problem"),
        ("stop calling a service that keeps failing", "circuit-breaker"),
        ("copy my data to a second server so reads are faster", "data-replication"),
    ],
)
def test_questions_that_name_or_only_describe_a_topic(text: str, topic: str) -> None:
    assert meant(text) == topic


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("¿qué es un índice de base de datos?", "database-indexes"),
        ("o que é docker", "docker"),
        ("was ist ein Datenbankindex", "database-indexes"),
        ("à quoi sert un système de gestion de versions", "version-control-systems"),
        ("jwt kaise kaam karta hai", "jwt"),
        ("что такое докер", "docker"),
        ("什么是微服务", "microservices"),
    ],
)
def test_short_questions_in_other_languages(text: str, topic: str) -> None:
    assert meant(text) == topic


@pytest.mark.parametrize(
    "text",
    [
        "react hooks",
        "how to center a div",
        "pizza recipe",
        "receta de pizza",
        "apache helicopter",
        "circuit breaker in my kitchen",
        "",
        "?!",
        "🍕",
        "x" * 500,
    ],
)
def test_what_is_not_here_is_not_guessed(text: str) -> None:
    found = SEARCH.find(text)
    assert found.topic is None
    assert len(found.near) <= 3


def test_of_two_that_are_compared_the_one_asked_about_comes_first() -> None:
    for text, sides in (
        ("docker vs lxc", ["docker", "lxc"]),
        ("lxc or docker?", ["lxc", "docker"]),
        ("explain docker vs lxc", ["docker", "lxc"]),
        ("go or rust for a game server", ["go", "rust"]),
        ("redis and memcached", ["redis", "memcached"]),
    ):
        found = SEARCH.find(text)
        assert [topic.id for topic in found.sides] == sides
        assert found.topic is found.sides[0]
        assert not found.sure  # nothing is done about one of two


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("shar", "sharding-strategies"),
        ("web s", "web-security"),
        ("ci", "ci-cd"),
        ("kub", "kubernetes"),
        ("one query per row", "n-1-problem"),
    ],
)
def test_prefixes_while_typing(text: str, topic: str) -> None:
    assert topic in [found.id for found in SEARCH.starting(text)[:5]]


def test_a_prefix_offers_the_topic_that_is_called_so_first() -> None:
    assert [SEARCH.starting(text)[0].id for text in ("redis", "git", "web security")] == [
        "redis",
        "git",
        "web-security",
    ]


@pytest.mark.parametrize(
    "text",
    ["a" * 100_000, "why " * 25_000, "🍕" * 1_000, "?!…" * 1_000, 'AND OR NEAR( "', "*", "\x00\ud800", "数" * 5_000],
)
def test_whatever_is_typed_is_answered(text: str) -> None:
    assert len(SEARCH.find(text).near) <= 3
    assert len(SEARCH.starting(text)) <= 25


@given(st.text(max_size=300))
@settings(max_examples=200, deadline=None)
def test_any_text_is_read_the_same_way_twice(text: str) -> None:
    assert SEARCH.find(text) == SEARCH.find(text)


def test_passages_answer_and_are_not_merely_the_beginning() -> None:
    found = SEARCH.find("what goes wrong with shards when one customer is huge")
    assert found.topic is not None
    best = SEARCH.passages("what goes wrong with shards when one customer is huge", found, [found.topic])
    assert "one huge customer" in best[0].text
    assert best[0].heading == "Pitfalls"
