"""From an input line to what it wants: text or a JSON object becomes an Order, or is told what is wrong with it."""

import json
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import Any

from adapters.console import fields
from adapters.console.fields import PLATFORM, BadLine
from bot.ask import Account, Ask, Place, Role

EVENTS = dict.fromkeys(("added", "removed", "left", "back"))
"""What may happen to the bot or to an account in a place."""

_OF_THE_BOT = ("added", "removed")
"""Those that the bot itself meets; the others are met by an account."""

_ROLES = {"member": Role.MEMBER, "admin": Role.ADMIN}


class Want(Enum):
    """What a line is there for."""

    ANSWER = "text"
    SUGGEST = "suggest"
    TICK = "tick"
    EVENT = "event"


@dataclass(frozen=True, slots=True)
class Order:
    """What is wanted, by whom, where and when; a tick has no text, an event is a call of the house."""

    want: Want
    ask: Ask


@dataclass(slots=True)
class Clock:
    """The instant at which things happen: where a line set it, else the wall clock."""

    stands: datetime | None = None

    def now(self) -> datetime:
        """The instant, with its offset."""
        return self.stands or datetime.now().astimezone()


def me(text: str, clock: Clock) -> Ask:
    """What the person at the terminal said."""
    return Ask(text, Account(PLATFORM, "me", "me"), Place(PLATFORM), clock.now())


def read(line: bytes, clock: Clock) -> Order:
    """What a line wants; sets the clock where the line does, even if the rest of it says nothing. Raises BadLine."""
    try:
        text = line.decode()
    except UnicodeDecodeError:
        raise BadLine("The line is not UTF-8.") from None
    given = _object(text)
    if given is None:
        return Order(Want.ANSWER, me(text, clock))
    if "now" in given:
        clock.stands = fields.instant(fields.text(given, "now"))
    want = _want(given)
    account = fields.id_(fields.text(given, "as", "me"), "as")
    place = fields.read_place(fields.text(given, "place", "private"))
    role = fields.choice(fields.text(given, "role", "member"), "role", _ROLES)
    if want is Want.EVENT:
        event = given["event"]
        who = Account(PLATFORM, "" if event in _OF_THE_BOT else account)
        return Order(want, Ask(f"/{event}", who, place, clock.now(), Role.HOUSE))
    return Order(
        want,
        Ask(
            text=fields.text(given, "text", ""),
            account=Account(PLATFORM, account, fields.text(given, "name", account)),
            place=place,
            now=clock.now(),
            role=Role.MEMBER if place.private else role,
        ),
    )


def _object(text: str) -> dict[str, Any] | None:
    """The JSON object of a line; None where the line is bare text."""
    if not text.lstrip().startswith("{"):
        return None
    try:
        found: dict[str, Any] = json.loads(text)
    except RecursionError:
        raise BadLine("The JSON is nested too deeply.") from None
    except ValueError as error:
        if not text.startswith("{"):
            return None
        raise BadLine(f"The line begins with {{ and is no JSON object: {error}.") from None
    return found


def _want(given: dict[str, Any]) -> Want:
    """The one thing that the object is there for."""
    flags = [want for want in (Want.SUGGEST, Want.TICK) if fields.flag(given, want.value)]
    if "event" in given:
        fields.choice(fields.text(given, "event"), "event", EVENTS)
        flags.append(Want.EVENT)
    if len(flags) > 1:
        raise BadLine(f'"{flags[0].value}" and "{flags[1].value}" do not go together.')
    if not flags and "text" not in given:
        raise BadLine('There is no "text" in the object, nor "tick", "suggest" or "event".')
    want = flags[0] if flags else Want.ANSWER
    if want in (Want.TICK, Want.EVENT) and fields.text(given, "text", "").strip():
        raise BadLine(f'"{want.value}" takes no "text".')
    return want
