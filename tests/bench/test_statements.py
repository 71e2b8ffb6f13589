"""The number of SQL statements of a command grows neither with a learner's history nor with the roadmap."""

from pathlib import Path

from tests.bench.history import COMMANDS, pasts
from tests.bench.made import made

EVENTS = (10, 1_000)
TOPICS = (60, 600)


async def test_statements_do_not_grow(tmp_path: Path) -> None:
    counts: dict[str, set[int]] = {command: set() for command in COMMANDS}
    for topics in TOPICS:
        with pasts(tmp_path / f"{topics}.db", made(topics), EVENTS) as learners:
            for past in learners:
                for command, found in counts.items():
                    found.add(await past.statements(command))
    assert all(len(found) == 1 for found in counts.values()), counts
    assert min(min(found) for found in counts.values()) > 2, "more than BEGIN and COMMIT"
