"""The quick simulation: what `make simulate` measures, on few made learners, with room to the aims."""

import json
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from bot.learning.placement import GUESS_OR_SAY, QUESTIONS
from bot.roadmap.model import Roadmap
from tests.simulate import __main__ as simulate
from tests.simulate.many import in_turn
from tests.simulate.memories import evening, learner
from tests.simulate.pasts import newcomers
from tests.simulate.placing import SAYS, Placer, placed
from tests.simulate.studying import Desk, World, facts
from tests.simulate.teaching import CAIRN, DOWN, REVIEWER, led_astray, outcomes, taught, times
from tests.world import content

ROADMAP: Roadmap = content().roadmaps["backend"]
MINUTES = {topic.id: topic.minutes for topic in content().topics.values()}
WORLD = World(ROADMAP, MINUTES)
SEED = "quick"


def test_placement_finds_most_of_what_is_known_and_little_else() -> None:
    people = placed(ROADMAP, list(newcomers(ROADMAP, 60, SEED, SAYS)), in_turn, GUESS_OR_SAY)
    found = Placer(ROADMAP, GUESS_OR_SAY).tally(people)
    assert max(len(answers) for _who, answers in people) <= QUESTIONS
    assert found.precision >= 0.9
    assert found.recall >= 0.7


def test_more_answers_find_more() -> None:
    people = placed(ROADMAP, list(newcomers(ROADMAP, 24, SEED)), in_turn)
    placer = Placer(ROADMAP)
    assert placer.tally(people, 3).recall < placer.tally(people, 15).recall


@pytest.mark.parametrize("minutes", [MINUTES, dict.fromkeys(MINUTES, 45)], ids=["minutes of the pages", "all alike"])
def test_an_hour_with_cairn_leaves_more(minutes: dict[str, int]) -> None:
    of = taught(replace(WORLD, minutes=minutes), 6, SEED, in_turn)
    assert times(of, DOWN) >= 1.5
    assert times(of, REVIEWER) >= 1.15
    assert times(of, DOWN, "mastery") >= 1.5


def test_nobody_is_led_to_a_topic_whose_prerequisites_are_unknown() -> None:
    of = taught(replace(WORLD, days=60), 6, "led", in_turn)
    assert led_astray(of[CAIRN], "unread") == 0
    assert led_astray(of[CAIRN], "unknown") == 0


def test_all_ways_get_the_same_time_and_the_reviewer_the_same_share() -> None:
    found = outcomes(replace(WORLD, days=40), SEED)
    for each in found.values():
        assert each.hours == pytest.approx(40 * WORLD.daily / 60, rel=0.02)
    assert found[REVIEWER].answering == pytest.approx(found[CAIRN].answering, abs=0.03)
    assert found[DOWN].answering == 0


def test_the_same_seed_gives_the_same_outcome() -> None:
    short = replace(WORLD, days=20)
    assert outcomes(short, SEED) == outcomes(short, SEED)
    assert outcomes(short, SEED) != outcomes(short, "another")


def test_a_topic_costs_its_minutes_and_is_forgotten() -> None:
    desk = Desk(replace(WORLD, burden=0.0, takes_in=1.0), replace(learner(SEED), takes_in=1.0, pace=1.0))
    desk.left = 1000.0
    assert desk.study("introduction")
    assert desk.reading == pytest.approx(MINUTES["introduction"])
    assert desk.mastery("introduction") == 1.0
    desk.now = evening(60)
    assert 0 < desk.mastery("introduction") < 0.9
    assert len(facts("introduction")) == 6


def test_what_it_builds_on_makes_a_topic_longer_only_while_unknown() -> None:
    desk = Desk(replace(WORLD, takes_in=1.0), replace(learner(SEED), takes_in=1.0))
    desk.left = 10_000.0
    desk.study("backend")
    assert (desk.unread, desk.unknown) == (1, 1)
    alone = desk.cost["backend"]
    other = Desk(desk.world, desk.who)
    other.left = 10_000.0
    other.study("introduction")
    other.study("backend")
    assert (other.unread, other.unknown) == (0, 0)
    assert other.cost["backend"][0] == pytest.approx(alone[0] / (1 + WORLD.burden))


def test_the_program_prints_tables_and_writes_them(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "simulated.json"
    monkeypatch.setattr(sys, "argv", ["simulate", "placement", "--learners", "3", "--jobs", "1", "--json", str(file)])
    simulate.main()
    assert "precision" in capsys.readouterr().out
    assert len(json.loads(file.read_text())["tables"]) == 2
