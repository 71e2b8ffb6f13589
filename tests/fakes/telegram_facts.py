"""What the Bot API takes: reads a request's fields by the facts in data/telegram.json, and refuses what does not fit.

A fact is written `Integer|String!` (either of the two, required), `[MessageEntity]` (a list), `String 1..64 bytes`.
Lengths are in UTF-16 units, after the text's own ends are trimmed, or in bytes where it says so.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from tests.fakes.telegram_refusal import Unplaced, bad, unplaced
from tests.fakes.telegram_text import units
from tests.fakes.telegram_words import empty, missing, too_long

DATA = Path(__file__).parent / "data" / "telegram.json"
FACT = re.compile(r"(?P<kinds>[^ !]+)( (?P<low>\d+)\.\.(?P<high>\d+)(?P<bytes> bytes)?)?(?P<required>!)?")
MUST_BE = {"Integer": "a Number", "Float": "a Number", "Boolean": "of type Boolean", "String": "of type String"}


@dataclass(frozen=True)
class Upload:
    """A file as it came in a request."""

    content: bytes
    name: str
    mime: str


@dataclass(frozen=True)
class Fact:
    """What one field may be."""

    kinds: tuple[str, ...]
    required: bool
    low: int | None
    high: int | None
    in_bytes: bool

    @classmethod
    def read(cls, written: str) -> "Fact":
        """The fact as data/telegram.json writes it."""
        match = FACT.fullmatch(written)
        assert match, written
        low, high = match["low"], match["high"]
        return cls(
            tuple(match["kinds"].split("|")),
            bool(match["required"]),
            None if low is None else int(low),
            None if high is None else int(high),
            bool(match["bytes"]),
        )


class Facts:
    """Every method the made Telegram plays, and every type in their fields."""

    def __init__(self, path: Path = DATA) -> None:
        data = json.loads(path.read_text())
        self.methods = {name: self._facts(fields) for name, fields in data["methods"].items()}
        self.types = {name: self._facts(fields) for name, fields in data["types"].items()}
        self.kinds: dict[str, dict[str, str]] = data["kinds"]

    @staticmethod
    def _facts(fields: dict[str, str]) -> dict[str, Fact]:
        return {name: Fact.read(written) for name, written in fields.items()}

    def read(self, method: str, sent: Mapping[str, object], files: Mapping[str, Upload]) -> dict[str, Any]:
        """The fields of a request with their types, or the refusal."""
        facts = self.methods.get(method)
        if facts is None:
            raise Unplaced(404, "Not Found: method not found")
        for name in {*sent, *files} - set(facts) - self._attached(sent, files):
            raise unplaced(f"{method} has no field {name!r}")
        values: dict[str, Any] = {}
        for name, fact in facts.items():
            if "InputFile" in fact.kinds and name in files:
                values[name] = files[name]
            elif name in sent and sent[name] != "":
                values[name] = self._value(method, name, fact, self._typed(name, fact, sent[name], files))
            elif fact.required:
                raise missing(name)
        return values

    @staticmethod
    def _attached(sent: Mapping[str, object], files: Mapping[str, Upload]) -> set[str]:
        """The files which some field names as attach://<name>."""
        words = " ".join(str(value) for value in sent.values())
        return {name for name in files if f"attach://{name}" in words}

    @staticmethod
    def _typed(name: str, fact: Fact, value: object, files: Mapping[str, Upload]) -> object:
        """A form's string as what the field wants; what came as JSON already is."""
        if not isinstance(value, str):
            return value
        if "Integer" in fact.kinds and re.fullmatch(r"-?\d+", value):
            return int(value)
        if value.startswith("attach://") and "InputFile" in fact.kinds:
            if (file := files.get(value.removeprefix("attach://"))) is None:
                raise unplaced(f"no file {value} came with the request")
            return file
        if "String" in fact.kinds:
            return value
        try:
            return json.loads(value)
        except ValueError:
            if fact.kinds[0] in MUST_BE:
                return value
            raise unplaced(f"can't parse {name} JSON object") from None

    def _value(self, owner: str, name: str, fact: Fact, value: Any) -> Any:
        if not isinstance(value, Upload):
            self._fits(f"{owner}.{name}", fact.kinds, value)
        if isinstance(value, str):
            self._length(owner, name, fact, value)
        return value

    def _fits(self, path: str, kinds: tuple[str, ...], value: Any) -> None:
        name = path.rpartition(".")[2]
        if isinstance(value, str) and any("\ud800" <= sign <= "\udfff" for sign in value):
            raise unplaced("strings must be encoded in UTF-8")
        if any(self._is(kind, value) for kind in kinds):
            return
        if kinds[0].startswith("[") and isinstance(value, list):
            for item in value:
                self._fits(path, (kinds[0][1:-1],), item)
        elif isinstance(value, dict) and kinds[0] not in MUST_BE:
            self._object(path, kinds, value)
        else:
            raise unplaced(f'field "{name}" must be {MUST_BE.get(kinds[0], kinds[0])}')

    @staticmethod
    def _is(kind: str, value: object) -> bool:
        if kind == "Integer":
            return isinstance(value, int) and not isinstance(value, bool)
        python = {"String": str, "Boolean": bool, "Float": float}.get(kind)
        return python is not None and isinstance(value, python)

    def _object(self, path: str, kinds: tuple[str, ...], value: dict[str, Any]) -> None:
        if kinds[0] in self.kinds:
            kind = self.kinds[kinds[0]].get(value.get("type", ""), "")
        else:
            kind = next((kind for kind in kinds if self._has_required(kind, value)), kinds[0])
        if (facts := self.types.get(kind)) is None:
            raise unplaced(f"unsupported type {value.get('type')!r} in {path}")
        for name in value.keys() - facts.keys():
            raise unplaced(f"{kind} has no field {name!r} ({path})")
        for name, fact in facts.items():
            if name in value:
                self._value(kind, name, fact, value[name])
            elif fact.required:
                raise unplaced(f"can't parse {kind}: Can't find field \"{name}\"")

    def _has_required(self, kind: str, value: dict[str, Any]) -> bool:
        return all(name in value for name, fact in self.types[kind].items() if fact.required)

    @staticmethod
    def _length(owner: str, name: str, fact: Fact, value: str) -> None:
        length = len(value.encode()) if fact.in_bytes else units(value.strip())
        if fact.high is not None and length > fact.high:
            raise too_long(owner, name, f"{length} of {fact.high}")
        if fact.low is not None and length < fact.low:
            raise empty(owner, name) if value == "" else bad("text must be non-empty")


@cache
def facts() -> Facts:
    """The facts, read once; nobody changes them."""
    return Facts()
