"""A learner with a long history, written at once, and what they say."""

from datetime import datetime, timedelta

from sqlalchemy import insert

from bot.ask import Account, Ask, Place
from bot.learning.path import State
from bot.store import learners
from bot.store.database import Database
from bot.store.tables import day, event, progress
from tests.world import START

APART = timedelta(hours=3)
"""Between two events: 10,000 of them fill more than three years."""


def says(who: str, text: str, number: int = 0) -> Ask:
    """An ask; `number` seconds after the start."""
    return Ask(text, Account("console", who, who), Place("console"), START + timedelta(seconds=number))


def remember(database: Database, who: str, topics: list[str], events: int) -> None:
    """Gives an account that many events: each topic in turn is begun and done, until the events are used up."""
    rows: list[dict[str, object]] = []
    days = set()
    states: dict[str, tuple[State, datetime]] = {}
    for number in range(events):
        topic = topics[number // 2 % len(topics)]
        state = (State.LEARNING, State.DONE)[number % 2]
        at = START - APART * (events - number)
        before = states[topic][0].value if topic in states else ""
        rows.append({"kind": state.value, "topic": topic, "before": before, "pick": "", "undoes": None, "at": at})
        states[topic] = state, at
        days.add(at.date())
    with database.engine.begin() as connection:
        me = {"learner_id": learners.arrive(connection, Account("console", who, who), START).id}
        connection.execute(insert(event), [{**row, **me} for row in rows])
        now = [{"topic": topic, "state": state.value, "at": at, **me} for topic, (state, at) in states.items()]
        connection.execute(insert(progress), now)
        connection.execute(insert(day), [{"date": date, **me} for date in days])
