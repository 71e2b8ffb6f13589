"""The loader finds every fault at once, each with its file, its line and the mend."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.roadmap.faults import ContentError
from bot.roadmap.load import load
from tests import ready, small
from tests.world import SHIPPED, World, content, words, world


def faults(folder: Path) -> list[str]:
    """The faults of a folder that must have some."""
    with pytest.raises(ContentError) as error:
        load(folder)
    return [str(fault) for fault in error.value.faults]


def change(folder: Path, path: str, old: str, new: str) -> None:
    file = folder / path
    text = file.read_text()
    assert old in text
    file.write_text(text.replace(old, new))


ROADMAP = "roadmaps/small.yaml"
HTTP = "topics/basics/http.md"
QUESTION = """\
quiz:
  - ask: "What is asked here, then?"
    options: [one, two, three]
    right: 3
    because: "Because it is so."
"""

BROKEN: dict[str, tuple[Callable[[Path], object], str]] = {
    "unknown need": (
        lambda folder: change(folder, ROADMAP, "needs: [internet]", "needs: [intarnet]"),
        "roadmaps/small.yaml:12: needs intarnet, which is no step; name a topic or group of this roadmap",
    ),
    "need of a member": (
        lambda folder: change(folder, ROADMAP, "needs: [store]}", "needs: [apple]}"),
        "roadmaps/small.yaml:24: needs apple, which is no step; name its group, store",
    ),
    "cycle": (
        lambda folder: change(folder, ROADMAP, "{id: internet, kind", "{id: internet, needs: [http], kind"),
        "roadmaps/small.yaml:1: a circle of needs: internet needs http needs internet; remove one of them",
    ),
    "cycle through a group": (
        lambda folder: change(folder, ROADMAP, "{id: birch, kind", "{id: birch, needs: [indexes], kind"),
        "roadmaps/small.yaml:1: a circle of needs: store needs indexes needs store; remove one of them",
    ),
    "group of one": (
        lambda folder: change(folder, ROADMAP, "          - {id: birch, kind: alternative}\n", ""),
        "roadmaps/small.yaml:18: the pick-one group store has fewer than two members; add one or make it a topic",
    ),
    "no page": (
        lambda folder: (folder / HTTP).unlink(),
        "roadmaps/small.yaml:12: http has no page; write topics/basics/http.md",
    ),
    "twice in a section": (
        lambda folder: change(folder, ROADMAP, "{id: internet, kind", "{id: http, kind"),
        "roadmaps/small.yaml:12: http stands twice; keep one",
    ),
    "group named like a topic": (
        lambda folder: change(folder, ROADMAP, "pick: store", "pick: stores"),
        "roadmaps/small.yaml:1: the group stores has the id of a topic or section; rename it",
    ),
    "route to nowhere": (
        lambda folder: change(folder, ROADMAP, "reaches: [http]", "reaches: [nowhere]"),
        "roadmaps/small.yaml:5: reaches nowhere, which is no section, topic or group; mend it",
    ),
    "unknown kind": (
        lambda folder: change(folder, ROADMAP, "kind: any-time", "kind: some-time"),
        "roadmaps/small.yaml:24: sections[1].topics[1].kind: ",
    ),
    "two pages of one id": (
        lambda folder: shutil.copy(folder / HTTP, folder / "topics/stores/http.md"),
        "topics/stores/http.md:1: http has a page at topics/basics/http.md too; keep one",
    ),
    "an alias of two": (
        lambda folder: change(folder, HTTP, "['hypertext']", "['the net']"),
        "topics/basics/http.md:4: 'the net' means internet too; leave it to one page",
    ),
    "unanswered label": (
        lambda folder: (folder / "roadmaps/small.labels.txt").write_text("HTTP\nMilk\n"),
        "roadmaps/small.labels.txt:2: nobody answers the label 'Milk'; add it to the labels of a page",
    ),
    "no breath": (
        lambda folder: (folder / HTTP).write_text(small.page("HTTP", [], "")),
        "topics/basics/http.md:7: the one breath is missing; write a sentence or two",
    ),
    "long breath": (
        lambda folder: (folder / HTTP).write_text(small.page("HTTP", [], "x" * 281)),
        "topics/basics/http.md:7: the one breath has 281 characters; shorten it to 280",
    ),
    "long section": (
        lambda folder: (folder / HTTP).write_text(small.page("HTTP", []) + "\n## How\n\n" + "x " * 1800),
        "topics/basics/http.md:11: How has 3599 characters, too long for a message; shorten it to 3500",
    ),
    "missing key": (
        lambda folder: change(folder, HTTP, "minutes: 30\n", ""),
        "topics/basics/http.md:2: minutes: is missing; add it",
    ),
    "unknown key": (
        lambda folder: change(folder, HTTP, "minutes: 30", "minutes: 30\nmilk: 1"),
        "topics/basics/http.md:6: milk: is no key of this file; remove it or mend its spelling",
    ),
    "key twice": (
        lambda folder: change(folder, HTTP, "minutes: 30", "minutes: 30\nminutes: 31"),
        "topics/basics/http.md:6: minutes stands twice; keep one",
    ),
    "no front matter": (
        lambda folder: (folder / HTTP).write_text("HTTP\n"),
        "topics/basics/http.md:1: has no front matter; begin the file with --- and end it with ---",
    ),
    "not utf-8": (
        lambda folder: (folder / HTTP).write_bytes(b"---\ntitle: \xff\n---\n"),
        "topics/basics/http.md:1: cannot be read (UnicodeDecodeError); save it as UTF-8 text",
    ),
    "not yaml": (
        lambda folder: change(folder, HTTP, "title: HTTP", "title: [HTTP"),
        "is not YAML",
    ),
    "right beyond the options": (
        lambda folder: change(folder, HTTP, "minutes: 30\n", "minutes: 30\n" + QUESTION),
        "topics/basics/http.md:9: right is 3, but the options end at 2; count from 0",
    ),
    "long option": (
        lambda folder: change(
            folder,
            HTTP,
            "minutes: 30\n",
            "minutes: 30\n" + QUESTION.replace("one,", "o" * 101 + ",").replace("3\n", "0\n"),
        ),
        "topics/basics/http.md:8: quiz[0].options[0]: has 101 characters; shorten it to 100 at most",
    ),
    "plain http source": (
        lambda folder: change(
            folder,
            HTTP,
            "minutes: 30\n",
            'minutes: 30\nsources:\n  - {title: x, url: "http://x.org", kind: official}\n',
        ),
        "topics/basics/http.md:7: sources[0].url: is no https address; write one that begins with https://",
    ),
    "no roadmap": (
        lambda folder: (folder / ROADMAP).unlink(),
        "roadmaps:1: there is no roadmap; write roadmaps/<id>.yaml",
    ),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_fault_is_found_with_its_line_and_mend(little: Path, name: str) -> None:
    load(little)
    break_it, told = BROKEN[name]
    break_it(little)
    found = faults(little)
    assert any(told in fault for fault in found), found
    assert len(found) <= 3


def test_a_fault_in_a_page_is_told_once(little: Path) -> None:
    (little / "roadmaps/small.labels.txt").write_text("HTTP\n")
    change(little, HTTP, "minutes: 30", "minutes: x")
    (fault,) = faults(little)
    assert fault.startswith("topics/basics/http.md:5: minutes: ")


def test_every_fault_is_told_at_once(little: Path) -> None:
    change(little, HTTP, "minutes: 30\n", "minutes: x\nmilk: 1\n")
    change(little, "topics/stores/apple.md", "applesql", "the net")
    change(little, ROADMAP, "reaches: [http]", "reaches: [nowhere]")
    assert len(faults(little)) >= 4


def test_a_folder_that_is_none(tmp_path: Path) -> None:
    (fault,) = faults(tmp_path / "nothing")
    assert "is no folder" in fault


def test_what_is_kept_ready_made_is_made_anew_when_a_file_changes(little: Path, tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    first = load(little, cache)
    assert load(little, cache) == first
    change(little, HTTP, "minutes: 30", "minutes: 300")
    assert load(little, cache).topics["http"].minutes == 300
    for kept in cache.iterdir():
        kept.write_bytes(b"damaged")
    assert load(little, cache).topics["http"].minutes == 300


def test_a_cache_that_cannot_be_written_is_no_loss(little: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    assert load(little, tmp_path / "file").topics["http"].title == "HTTP"


def test_the_shipped_content_holds_what_it_should() -> None:
    shipped = content()
    assert len(shipped.topics) == 151
    roadmap = shipped.roadmaps["backend"]
    assert [route.id for route in roadmap.routes] == ["beginner", "job-ready", "whole"]
    assert set(shipped.topics) == {
        member.topic for step in (*roadmap.steps.values(), *roadmap.tracks.values()) for member in step.members
    }
    sizes = [len(route.steps) for route in roadmap.routes]
    assert sizes == sorted(sizes)
    assert roadmap.routes[0].steps < roadmap.routes[1].steps < roadmap.routes[2].steps
    assert shipped.topics["sharding-strategies"].complete
    assert [topic.id for topic in shipped.topics.values() if step_checkpoint(topic.id)] == [
        "beginner-project-ideas",
        "intermediate-project-ideas",
    ]


def step_checkpoint(topic: str) -> bool:
    step = content().roadmaps["backend"].steps.get(topic)
    return bool(step and step.checkpoint)


def test_a_second_roadmap_is_a_second_file_over_the_same_topics(tmp_path: Path) -> None:
    folder = tmp_path / "content"
    shutil.copytree(SHIPPED, folder)
    (folder / "roadmaps" / "web.yaml").write_text(
        "id: web\ntitle: Web\nlink: https://example.org\nroutes: [{id: all, title: All, goal: all, reaches: [one]}]\n"
        "sections: [{id: one, title: One, topics: [{id: html}, {id: css, needs: [html]}, {id: what-is-http}]}]\n"
    )
    with world(ready.sqlite(tmp_path), folder) as cairn:
        cairn.say("/done html")
        assert "Web" in words(cairn.say("/path roadmap=web"))
        assert "33 %" in words(cairn.say("/progress")), "what was learnt counts in each"
        assert follow(cairn) == ["css", "what-is-http"]


def follow(cairn: World) -> list[str]:
    """Does what /next proposes until nothing is left."""
    topics = []
    while about := cairn.say("/next").about:
        topics.append(about[0])
        cairn.say(f"/done {about[0]}")
    return topics
