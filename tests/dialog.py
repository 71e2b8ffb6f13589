"""Running a dialog: a transcript anyone can read, played against the real engine.

# a comment
@ as: ann            who speaks from here on; also place, role and now
> /next              a line that is typed
> [Explain]          a button of the last reply, by its label
> /link CODE         CODE stands for the code that was shown last
> (right)            the right option of the question that was shown last; or (wrong)
! left               what the platform tells of who speaks: left or back
! tick               all that is due now is delivered; what is expected is looked for in what was sent
sent: 1              so many messages were sent by that tick
about: caching       the ids that the reply is about
about: -             it is about nothing
buttons: Next, Undo  labels that must be among its buttons
not: 100 %           words that must not stand in it
anything else        words that must stand in the reply, in this order
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from bot.ask import Place, Role
from bot.reply import Reply
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
        elif line.startswith(("> ", "! ")):
            if turn:
                yield turn
            turn, settings = Turn(number, line.removeprefix("> "), settings), {}
        elif line.strip() and not line.startswith("#"):
            assert turn, f"line {number}: nothing was said yet"
            turn.expected.append(line.strip())
    if turn:
        yield turn


def play(cairn: World, file: Path) -> None:
    """Plays a transcript; fails at the first reply that is not as it says."""
    code = "CODE"
    for turn in turns(file.read_text()):
        _set(cairn, turn.settings)
        if turn.said.startswith("! ") and turn.said != "! tick":
            assert cairn.happens(f"/{turn.said[2:]}") is None
            continue
        reply = _say(cairn, turn.said.replace("CODE", code))
        code = next(iter(re.findall(r"\b[A-Z0-9]{8}\b", words(reply))), code)
        where = f"{file.name}:{turn.line}: {turn.said}\n{words(reply)}\n{[button.label for button in buttons(reply)]}"
        at = 0
        for expected in turn.expected:
            at = _check(cairn, expected, at, where)


def _say(cairn: World, said: str) -> Reply | None:
    """Types a line, presses a button, answers the question that was shown, or lets the clock speak."""
    if said == "! tick":
        cairn.tick()
        return cairn.last
    if said in ("(right)", "(wrong)"):
        return cairn.answers(right=said == "(right)")
    return cairn.press(said[1:-1]) if said.startswith("[") else cairn.say(said)


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
    if kind == "sent":
        assert len(cairn.sink.sent) == int(rest), where
    elif kind == "about":
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
