"""Finding a topic by its names, in any case, spacing and punctuation, and with a typing error."""

from pathlib import Path

import pytest

from bot.roadmap.search import Search
from tests.world import content

SEARCH = Search(content().topics)
LABELS = (Path(__file__).parents[2] / "content/roadmaps/backend.labels.txt").read_text().splitlines()


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
        ("shardng", "sharding-strategies"),
        ("kuberentes", "kubernetes"),
        ("elastcsearch", "elasticsearch"),
        ("postgressql", "postgresql"),
        ("Dokcer", "docker"),
    ],
)
def test_names_as_people_type_them(text: str, topic: str) -> None:
    found = SEARCH.find(text).topic
    assert found is not None
    assert found.id == topic


@pytest.mark.parametrize("text", ["react hooks", "pizza recipe", "", "?!", "🍕", "x" * 500, "how to center a div"])
def test_what_is_not_here_is_not_guessed(text: str) -> None:
    assert SEARCH.find(text).topic is None


def test_a_topic_named_in_a_question_is_suggested() -> None:
    found = SEARCH.find("how does kafka keep messages in order")
    assert "kafka" in [topic.id for topic in found.near]


@pytest.mark.parametrize(
    ("text", "topic"), [("shar", "sharding-strategies"), ("web s", "web-security"), ("ci", "ci-cd")]
)
def test_prefixes_while_typing(text: str, topic: str) -> None:
    assert topic in [found.id for found in SEARCH.starting(text)[:5]]
