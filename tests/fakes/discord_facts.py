"""What Discord takes: checks a request's body by the facts in data/discord.json, and refuses what does not fit.

A fact is written `string 1..100?` (its length; may be null), `Button|Thumbnail!` (either of the two, required),
`[Embed] ..10` (a list, its length), `{1,2}` (one of these). A field that no fact names is a violation.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

from tests.fakes.discord_refusal import Unplaced, invalid

DATA = Path(__file__).parent / "data" / "discord.json"
FACT = re.compile(r"(?P<kinds>.+?)(?P<null>\?)?(?P<required>!)?")
KIND = re.compile(r"(?P<name>\[.+\]|\{.+\}|\w+)( (?P<low>-?\d*)\.\.(?P<high>\d*))?( (?P<unique>unique))?")
SNOWFLAKE = re.compile(r"0|[1-9]\d{0,19}")
ADDRESS = re.compile(r"(https?|discord|attachment)://\S+")
PYTHON: dict[str, tuple[type, ...]] = {
    "string": (str,),
    "uri": (str,),
    "time": (str,),
    "integer": (int,),
    "number": (int, float),
    "boolean": (bool,),
    "map": (dict,),
}


@dataclass(frozen=True)
class Kind:
    """One thing a value may be. `low` and `high`: of a number's value, else of the length."""

    name: str
    low: int | None
    high: int | None
    unique: bool
    items: "tuple[Kind, ...]" = ()

    @classmethod
    def read(cls, written: str) -> "Kind":
        """The kind as data/discord.json writes it."""
        match = KIND.fullmatch(written)
        assert match, written
        name = match["name"]
        low, high = (int(match[end]) if match[end] else None for end in ("low", "high"))
        return cls(name, low, high, bool(match["unique"]), kinds(name[1:-1]) if name.startswith("[") else ())

    @property
    def values(self) -> tuple[str, ...]:
        """What an enumeration allows."""
        return tuple(self.name[1:-1].split(",")) if self.name.startswith("{") else ()


def kinds(written: str) -> tuple[Kind, ...]:
    """The kinds between bars; bars inside brackets belong to the list."""
    return tuple(Kind.read(part) for part in re.split(r"\|(?![^\[]*\])", written))


@dataclass(frozen=True)
class Fact:
    """What one field may be."""

    kinds: tuple[Kind, ...]
    null: bool
    required: bool

    @classmethod
    def read(cls, written: str) -> "Fact":
        """The fact as data/discord.json writes it."""
        match = FACT.fullmatch(written)
        assert match, written
        return cls(kinds(match["kinds"]), bool(match["null"]), bool(match["required"]))


class Facts:
    """Every object the made Discord takes."""

    def __init__(self, path: Path = DATA) -> None:
        data: dict[str, dict[str, str]] = json.loads(path.read_text())
        self.objects = {
            name: {field: Fact.read(written) for field, written in fields.items()} for name, fields in data.items()
        }

    def check(self, name: str, value: Any, path: str = "") -> None:
        """Refuse an object that does not fit its facts."""
        if not isinstance(value, dict):
            raise invalid(path, f"only an object can be a {name}")
        facts = self.objects[name]
        for field in value.keys() - facts.keys():
            raise invalid(_under(path, field), f"{name} has no such field")
        for field, fact in facts.items():
            if field in value:
                self._value(fact, value[field], _under(path, field))
            elif fact.required:
                raise invalid(_under(path, field), "This field is required")

    def _value(self, fact: Fact, value: Any, path: str) -> None:
        if value is None:
            if not fact.null:
                raise invalid(path, "This field may not be null")
            return
        self._kinds(fact.kinds, value, path)

    def _kinds(self, wanted: tuple[Kind, ...], value: Any, path: str) -> None:
        if isinstance(value, Mapping) and "type" in value:
            wanted = tuple(kind for kind in wanted if self._typed(kind, value["type"])) or wanted
        else:
            wanted = tuple(kind for kind in wanted if isinstance(value, PYTHON.get(kind.name, (object,)))) or wanted
        problems = []
        for kind in wanted:
            try:
                return self._kind(kind, value, path)
            except Unplaced as problem:
                problems.append(problem)
        raise problems[0]

    def _typed(self, kind: Kind, value: object) -> bool:
        fact = self.objects.get(kind.name, {}).get("type")
        return fact is None or str(value) in fact.kinds[0].values

    def _kind(self, kind: Kind, value: Any, path: str) -> None:
        if kind.name in self.objects:
            return self.check(kind.name, value, path)
        if kind.values:
            if isinstance(value, bool) or str(value) not in kind.values:
                raise invalid(path, f"{value!r} is not one of {', '.join(kind.values)}")
            return None
        if kind.items:
            return self._list(kind, value, path)
        if kind.name == "snowflake":  # Discord takes them as numbers too, and discord.py sends some so
            if isinstance(value, bool) or not SNOWFLAKE.fullmatch(str(value)):
                raise invalid(path, f"{value!r} is not snowflake")
            return None
        return _plain(kind, value, path)

    def _list(self, kind: Kind, value: Any, path: str) -> None:
        if not isinstance(value, list):
            raise invalid(path, "only lists may be used here")
        _within(kind, len(value), path, "in length")
        if kind.unique and len({json.dumps(item) for item in value}) < len(value):
            raise invalid(path, "the items must be unique")
        for number, item in enumerate(value):
            self._kinds(kind.items, item, _under(path, str(number)))


def _under(path: str, name: str) -> str:
    return f"{path}.{name}" if path else name


def _within(kind: Kind, number: float, path: str, what: str) -> None:
    if (kind.low is not None and number < kind.low) or (kind.high is not None and number > kind.high):
        raise invalid(path, f"must be between {kind.low or 0} and {kind.high} {what}, is {number}")


def _plain(kind: Kind, value: Any, path: str) -> None:
    python = PYTHON[kind.name]
    if not isinstance(value, python) or (isinstance(value, bool) and bool not in python):
        raise invalid(path, f"{value!r} is not a {kind.name}")
    if isinstance(value, str):
        if any("\ud800" <= sign <= "\udfff" for sign in value):
            raise invalid(path, "half a surrogate pair")
        _within(kind, len(value), path, "in length")
        if kind.name == "uri" and value and not ADDRESS.fullmatch(value):
            raise invalid(path, f"{value!r} is not a well formed URL")
        if kind.name == "time":
            _instant(value, path)
    elif isinstance(value, int | float):
        _within(kind, value, path, "in value")


def _instant(value: str, path: str) -> None:
    try:
        datetime.fromisoformat(value)
    except ValueError:
        raise invalid(path, f"{value!r} is not a time") from None


@cache
def facts() -> Facts:
    """The facts, read once; nobody changes them."""
    return Facts()
