"""The values that an input line may carry, each read with one sentence for what is wrong with it."""

import unicodedata
from datetime import UTC, datetime
from typing import Any, TypeVar

from bot.ask import Place

PLATFORM = "console"

MAX_ID = 128
"""Characters of the longest id of an account, a group or a thread."""

_YEARS = range(1970, 9000)
"""Instants outside of these could not be counted from, or shown in another zone."""

_GROUP = "group:"

V = TypeVar("V")


class BadLine(Exception):
    """An input line that says nothing; the message is one sentence."""


def text(given: dict[str, Any], key: str, default: str = "") -> str:
    """A string. Raises BadLine, as all of these do."""
    value = given.get(key, default)
    if not isinstance(value, str):
        raise BadLine(f'"{key}" is no string.')
    return value


def flag(given: dict[str, Any], key: str) -> bool:
    """True or false."""
    value = given.get(key, False)
    if not isinstance(value, bool):
        raise BadLine(f'"{key}" is neither true nor false.')
    return value


def choice(value: str, key: str, known: dict[str, V]) -> V:
    """What a word of a few stands for."""
    if value not in known:
        raise BadLine(f'"{key}" is none of these: {", ".join(known)}.')
    return known[value]


def id_(value: str, key: str) -> str:
    """An id that every store can hold."""
    if not value.strip() or len(value) > MAX_ID:
        raise BadLine(f'"{key}" needs an id of 1 to {MAX_ID} characters.')
    if any(unicodedata.category(char) in ("Cc", "Cs") for char in value):
        raise BadLine(f'"{key}" holds control characters or half characters.')
    return value


def instant(text: str) -> datetime:
    """An instant in ISO 8601 with an offset."""
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        raise BadLine('"now" is no instant in ISO 8601, such as 2026-05-04T09:00:00+02:00.') from None
    if found.tzinfo is None:
        raise BadLine('"now" needs an offset, such as +02:00 or Z.')
    try:
        year = found.astimezone(UTC).year
    except OverflowError:
        year = 0
    if year not in _YEARS:
        raise BadLine(f'"now" lies outside of the years {_YEARS.start} to {_YEARS.stop - 1}.')
    return found


def read_place(text: str) -> Place:
    """`private`, `group:<id>` or `group:<id>/<thread>` as a Place."""
    if text == "private":
        return Place(PLATFORM)
    if not text.startswith(_GROUP):
        raise BadLine('"place" is none of these: private, group:<id>, group:<id>/<thread>.')
    chat, slash, thread = text.removeprefix(_GROUP).partition("/")
    return Place(PLATFORM, id_(chat, "place"), id_(thread, "place") if slash else "")


def write_place(place: Place) -> str:
    """A Place as `read_place` reads it."""
    if place.private:
        return "private"
    return _GROUP + place.chat + (f"/{place.thread}" if place.thread else "")
