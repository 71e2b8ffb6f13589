"""Reports reach whoever hosts, and /health shows them what rests undelivered and why."""

import asyncio
import json
import os
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import delete, insert

from bot.ask import Account, Ask, Place, Role
from bot.port import Gone, Later
from bot.reply import Reply
from bot.store.tables import learner, outbox
from scheduler.deliver import TRIES, Delivery
from tests.bench.statements import recorded
from tests.scheduler.test_deliver import Sink
from tests.world import World, buttons, words

OWNERS = frozenset({("console", "root"), ("sink", "7")})
ROOT = Path(__file__).parents[2]


@pytest.fixture
def hosted(cairn: World) -> World:
    """A Cairn with two owners: root at the terminal, and 7 on another platform."""
    return World(cairn.database, cairn.library, OWNERS, who="ann")


def delivered(cairn: World, sink: Sink) -> list[str]:
    """What 7 is sent now."""
    sink.sent.clear()
    asyncio.run(Delivery(cairn.database, cairn.engine.answer, {"sink": sink}).all(cairn.now))
    assert all(sent[:2] == ("", "7") for sent in sink.sent)
    return [text for _chat, _account, text in sink.sent]


def as_house(cairn: World, line: str, account: str = "7") -> Reply | None:
    """What the clock gets to say."""
    ask = Ask(line, Account("sink", account), Place("sink"), cairn.now, Role.HOUSE)
    return asyncio.run(cairn.engine.answer(ask))


def test_a_report_reaches_every_owner_once_with_who_wrote_it(hosted: World) -> None:
    sink = Sink()
    hosted.say("/report caching the *figure* is wrong", "Ann *Lee*")
    hosted.say("/report caching the *figure* is wrong", "Ann *Lee*")
    [told] = delivered(hosted, sink)
    assert "**1** Caching, from Ann \\*Lee\\* on console, 2026-11-22:" in told
    assert "> the \\*figure\\* is wrong" in told
    assert delivered(hosted, sink) == []


def test_owners_at_a_terminal_get_it_with_the_next_tick(tmp_path: Path, little: Path) -> None:
    said = {"text": "/report quantum computing please", "as": "ann"}
    lines = [said, {"tick": True}, {"text": "/reports", "as": "root"}]
    database = f"sqlite:///{tmp_path / 'cairn.db'}"
    run = subprocess.run(
        [sys.executable, "-m", "bot", "chat", "--json", "--db", database, "--content", str(little)],
        input="\n".join(map(json.dumps, lines)),
        env={**os.environ, "CAIRN_OWNERS": "console:root", "XDG_CACHE_HOME": str(tmp_path)},
        cwd=ROOT, capture_output=True, text=True, check=True,
    )  # fmt: skip
    kept, tick, listed = map(json.loads, run.stdout.splitlines())
    assert kept["reply"]["about"] == []
    [sent] = tick["sent"]
    assert (sent["place"], sent["to"]) == ("private", "root")
    text, keys = sent["reply"]["blocks"]
    assert "quantum computing please" in text["text"]
    assert keys["rows"][0][0] == {"label": "Settle 1", "line": "/reports done=1"}
    assert "quantum computing please" in listed["reply"]["blocks"][0]["text"]


def test_what_is_settled_or_forgotten_before_it_is_sent_is_not_said(hosted: World) -> None:
    hosted.say("/report caching one")
    hosted.say("/report caching two", "ben")
    assert as_house(hosted, "/reported 1") is not None
    assert as_house(hosted, "/reported 1", "8") is None, "8 hosts nothing"
    hosted.say("/reports done=1", "root")
    with hosted.database.engine.begin() as connection:
        connection.execute(delete(learner).where(learner.c.id == 2))
    assert as_house(hosted, "/reported 1") is None
    assert as_house(hosted, "/reported 2") is None
    assert delivered(hosted, Sink()) == []
    assert "No report is open" in words(hosted.say("/reports", "root"))


def test_a_day_holds_twenty_reports_of_a_learner(hosted: World) -> None:
    for number in range(20):
        assert "Thank you" in words(hosted.say(f"/report caching fault {number}"))
    assert "Send the rest tomorrow" in words(hosted.say("/report caching one more"))
    assert "Thank you" in words(hosted.say("/report caching fault 3")), "that one is kept already"
    assert "Thank you" in words(hosted.say("/report caching one more", "ben"))
    hosted.now += timedelta(days=1)
    assert "Thank you" in words(hosted.say("/report caching one more"))


def test_a_report_has_a_thousand_characters_at_most(hosted: World) -> None:
    assert "keep it to 1000" in words(hosted.say("/report caching " + "x" * 1001))
    assert "keep it to 1000" in words(hosted.say("/report blockchain " + "x" * 995))
    assert "Thank you" in words(hosted.say("/report caching " + "x" * 1000))


def test_reports_come_ten_at_once_newest_first(hosted: World) -> None:
    for number in range(12):
        hosted.say(f"/report caching fault {number}.", f"ann{number}")
    first = words(hosted.say("/reports", "root"))
    assert first.index("fault 11.") < first.index("fault 2.")
    assert "fault 1." not in first
    hosted.who = "root"
    rest = words(hosted.press("Older ones"))
    assert "fault 1." in rest
    assert "fault 2." not in rest
    assert "Older ones" not in [button.label for button in buttons(hosted.last)]
    assert "fault 0." not in words(hosted.press("Settle 1"))
    assert "fault 0." not in words(hosted.say("/reports before=3"))


def test_an_owner_on_one_platform_is_nobody_by_the_same_id_elsewhere(hosted: World) -> None:
    for line in ("/reports", "/health"):
        assert "whoever hosts" in words(hosted.say(line, "7"))
        assert "whoever hosts" not in words(hosted.say(line, "root"))


def test_health_shows_what_rests_and_why_and_puts_it_back(hosted: World) -> None:
    sink = Sink()
    hosted.say("/report caching my secret words")
    sink.refuse = lambda place: Gone("blocked by the user")
    delivered(hosted, sink)
    hosted.say("/report caching more words")
    hosted.now += timedelta(minutes=5)
    hosted.who = "root"
    told = words(hosted.say("/health"))
    assert "/reported to sink private 7, 1 try, since 2026-11-22 09:00 UTC: blocked by the user" in told
    assert "| dead | 1 | 2026-11-22 09:00 UTC |" in told
    assert "| overdue | 3 |" in told, "two for the terminal, where nothing was delivered, and the second one"
    assert "words" not in told
    sink.refuse = lambda place: None
    number = next(button for button in buttons(hosted.last) if button.label.startswith("Retry")).label.split()[-1]
    assert f"Delivery {number} is tried again." in words(hosted.press(f"Retry {number}"))
    assert "Retry" not in str(buttons(hosted.last))
    assert any("my secret words" in text for text in delivered(hosted, sink))
    assert "dead" not in words(hosted.say("/health"))


def test_health_tells_why_something_is_tried_again_and_gives_up_what_is_dropped(hosted: World) -> None:
    sink = Sink()
    hosted.say("/report caching x")
    sink.refuse = lambda place: Later(30)
    delivered(hosted, sink)
    told = words(hosted.say("/health", "root"))
    assert "| tried again | 1 |" in told
    assert "- try again in 30 s: 1" in told
    for _ in range(TRIES):
        hosted.now += timedelta(hours=1)
        delivered(hosted, sink)
    hosted.who = "root"
    assert f"{TRIES} tries" in words(hosted.say("/health"))
    dropping = next(button for button in buttons(hosted.last) if button.label.startswith("Drop"))
    assert "is given up" in words(hosted.say(dropping.line))
    assert "There is no dead delivery" in words(hosted.say(dropping.line))
    assert "tries" not in words(hosted.last)


def test_health_says_how_much_there_is(hosted: World) -> None:
    hosted.say("/done introduction")
    hosted.place = Place("console", "g1")
    hosted.say("/help", "ben")
    hosted.place = Place("console")
    hosted.now += timedelta(hours=2)
    told = words(hosted.say("/health", "root"))
    assert "Learners: 3, active today: 1" in told
    assert "Groups: 1" in told
    assert "Cairn 0." in told
    assert f"on {'SQLite' if 'sqlite' in str(hosted.database.engine.url) else 'PostgreSQL'}, schema 0" in told
    hosted.now += timedelta(days=1)
    assert "active today: 0" in words(hosted.say("/health", "root"))


def test_an_owners_statements_do_not_grow(hosted: World) -> None:
    def counts() -> list[int]:
        found = []
        for line in ("/reports", "/health"):
            with recorded(hosted.database.engine) as statements:
                hosted.say(line, "root")
            found.append(len(statements))
        return found

    hosted.say("/reports", "root")
    before = counts()
    for number in range(15):
        hosted.say(f"/report caching fault {number}")
    with hosted.database.engine.begin() as connection:
        row = {"platform": "sink", "chat": "g", "thread": "", "account": "", "line": "/x", "due": hosted.now}
        rows = [{**row, "created": hosted.now, "key": str(at), "state": "dead", "why": "x"} for at in range(30)]
        connection.execute(insert(outbox), rows)
    assert counts() == before
