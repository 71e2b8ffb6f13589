"""Running a dialog: a transcript anyone can read, played against the real engine.

# a comment
@ as: ann            who speaks from here on; also place, role and now
> /next              a line that is typed
> [Explain]          a button of the last reply, by its label
about: caching       the ids that the reply is about
about: -             it is about nothing
buttons: Next, Undo  labels that must be among its buttons
not: 100 %           words that must not stand in it
anything else        words that must stand in the reply, in this order
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from bot.ask import Place, Role
from tests.world import World, buttons, words


@dataclass
class Turn:
    """A line said, and what is expected of the reply."""

    line: int
    said: str
    settings: dict[str, str]
    expected: list[str] = field(default_factory=list)


def turns(text: str) -> Iterator[Turn]:
    """The turns of a transcript."""
    turn: Turn | None = None
    settings: dict[str, str] = {}
    for number, line in enumerate(text.splitlines(), 1):
        if line.startswith("@ "):
            key, _, value = line[2:].partition(":")
            settings[key.strip()] = value.strip()
        elif line.startswith("> "):
            if turn:
                yield turn
            turn, settings = Turn(number, line[2:], settings), {}
        elif line.strip() and not line.startswith("#"):
            assert turn, f"line {number}: nothing was said yet"
            turn.expected.append(line.strip())
    if turn:
        yield turn


def play(cairn: World, file: Path) -> None:
    """Plays a transcript; fails at the first reply that is not as it says."""
    for turn in turns(file.read_text()):
        _set(cairn, turn.settings)
        reply = cairn.press(turn.said[1:-1]) if turn.said.startswith("[") else cairn.say(turn.said)
        where = f"{file.name}:{turn.line}: {turn.said}\n{words(reply)}\n{[button.label for button in buttons(reply)]}"
        at = 0
        for expected in turn.expected:
            at = _check(cairn, expected, at, where)


def _set(cairn: World, settings: dict[str, str]) -> None:
    for key, value in settings.items():
        if key == "as":
            cairn.who = value
        elif key == "place":
            chat, _, thread = value.removeprefix("group:").partition("/")
            cairn.place = Place("console") if value == "private" else Place("console", chat, thread)
        elif key == "role":
            cairn.role = Role[value.upper()]
        elif key == "now":
            cairn.now = datetime.fromisoformat(value)
        else:
            raise AssertionError(f"no setting {key!r}")


def _check(cairn: World, expected: str, at: int, where: str) -> int:
    """Checks one line of expectation; where in the reply's words the next one may begin."""
    assert cairn.last is not None
    said = words(cairn.last)
    kind, _, rest = expected.partition(": ")
    if kind == "about":
        assert list(cairn.last.about) == ([] if rest == "-" else rest.split()), where
    elif kind == "buttons":
        labels = [button.label for button in buttons(cairn.last)]
        assert all(label in labels for label in rest.split(", ")), where
    elif kind == "not":
        assert rest not in said, where
    else:
        found = said.find(expected, at)
        assert found >= 0, f"{where}\n--- {expected!r} does not stand there"
        return found + len(expected)
    return at
