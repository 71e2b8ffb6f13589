"""Quizzes, answers and reviews for learners with few and with very many cards and answers, on made questions."""

import asyncio
from collections import defaultdict
from datetime import timedelta
from pathlib import Path
from random import Random
from time import perf_counter

import msgspec
from sqlalchemy import Connection, insert

from bot.ask import Account
from bot.commands import by_name
from bot.engine import Engine
from bot.library import Library
from bot.reply import Quiz, Reply
from bot.roadmap.model import Content, Question
from bot.store import learners
from bot.store.database import Database
from bot.store.tables import answer, memory, quiz, showing
from tests.bench.learner import says
from tests.bench.numbers import Found, Row, ms, p99_ms, ratio
from tests.bench.statements import recorded
from tests.world import START, content

EACH = 34
"""Made questions of each topic: 151 topics have 5,134."""
SIZES = ((50, 500), (5_000, 50_000))
"""Cards in memory and answers given."""
LINES = ("/quiz sharding 5", "/quiz 20", "answer", "/review", "/next", "/progress")
ROUNDS = 100


def asked(shipped: Content) -> Content:
    """The shipped content with made questions for all topics."""
    options = ("one", "two", "three", "four")
    return msgspec.structs.replace(
        shipped,
        topics={
            topic.id: msgspec.structs.replace(
                topic,
                questions=tuple(
                    Question(f"{topic.id}/{number}", f"Question {number}?", options, number % 4, "Because it is made.")
                    for number in range(EACH)
                ),
            )
            for topic in shipped.topics.values()
        },
    )


def remember(connection: Connection, who: str, questions: list[str], cards: int, answers: int) -> None:
    """Gives an account that many cards, some of them due, and answers in quizzes of twenty."""
    me = learners.arrive(connection, Account("console", who, who), START).id
    random = Random(7)
    rows = [
        {
            "learner_id": me,
            "question": question,
            "topic": question.partition("/")[0],
            "stability": random.uniform(1, 60),
            "difficulty": random.uniform(3, 8),
            "due": START + timedelta(days=random.randint(-5, 60)),
            "last": START - timedelta(days=random.randint(1, 60)),
            "right": random.random() < 0.8,
            "rights": random.randint(0, 4),
        }
        for question in questions[:cards]
    ]
    connection.execute(insert(memory), rows)
    for begun in range(0, answers, 20):
        row = {
            "learner_id": me,
            "kind": "quiz",
            "topic": "",
            "questions": "[]",
            "at": 20,
            "open": False,
            "begun": START,
        }
        quiz_id = connection.execute(insert(quiz).returning(quiz.c.id), row).scalar_one()
        shown = [
            {"quiz_id": quiz_id, "number": n, "question": questions[(begun + n) % cards], "topic": "x", "at": START}
            for n in range(20)
        ]
        ids = connection.execute(insert(showing).returning(showing.c.id), shown).scalars().all()
        day = (START - timedelta(days=begun // 200)).date()
        same = {"learner_id": me, "choice": 0, "right": True, "day": day, "at": START}
        given = [
            {**same, "showing_id": one, "question": name, "topic": name.partition("/")[0]}
            for one, name in zip(ids, (str(each["question"]) for each in shown), strict=True)
        ]
        connection.execute(insert(answer), given)


def measure(folder: Path) -> Found:
    """Medians of runs in which every line and every learner take turns."""
    library = Library(asked(content()), by_name())
    database = Database.open(f"sqlite:///{folder / 'cards.db'}")
    try:
        questions = [question for topic in library.questions_of.values() for question in topic]
        for cards, answers in SIZES:
            with database.engine.begin() as connection:
                remember(connection, f"with-{cards}", questions, cards, answers)
        rows = asyncio.run(_rows(Engine(database, library)))
    finally:
        database.close()
    return Found("Quizzes and memory", rows, ["statements: BEGIN and COMMIT among them; ratio: to the smaller learner"])


async def _rows(engine: Engine) -> list[Row]:
    times: dict[tuple[str, int], list[float]] = defaultdict(list)
    counts: dict[tuple[str, int], int] = {}
    for number in range(ROUNDS):
        for line in LINES:
            for cards, _answers in SIZES:
                text = await _line(engine, line, f"with-{cards}", number)
                begun = perf_counter()
                await engine.answer(says(f"with-{cards}", text, number))
                times[line, cards].append(perf_counter() - begun)
    for line in LINES:
        for cards, _answers in SIZES:
            text = await _line(engine, line, f"with-{cards}", ROUNDS)
            with recorded(engine.database.engine) as found:
                await engine.answer(says(f"with-{cards}", text, ROUNDS))
            counts[line, cards] = len(found)
    return [
        {
            "line": line,
            "cards": cards,
            "answers": answers,
            "n": ROUNDS,
            "median ms": ms(times[line, cards]),
            "p99 ms": p99_ms(times[line, cards]),
            "ratio": ratio(times[line, cards], times[line, SIZES[0][0]]),
            "statements": counts[line, cards],
        }
        for line in LINES
        for cards, answers in SIZES
    ]


async def _line(engine: Engine, line: str, who: str, number: int) -> str:
    """The line to say; an answer needs a question, and a new quiz none that is open."""
    if line != "answer":
        await engine.answer(says(who, "/cancel", number))
        return line
    reply = await engine.answer(says(who, "/quiz 20", number))
    return _option(reply, number)


def _option(reply: Reply | None, number: int) -> str:
    found = next(block for block in (reply.blocks if reply else ()) if isinstance(block, Quiz))
    return found.options[number % len(found.options)].line
