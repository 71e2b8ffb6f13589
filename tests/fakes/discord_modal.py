"""A modal as its user sees it: a form with text inputs and menus, and what they send when they submit it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tests.fakes.discord_components import SELECTS, TEXT_INPUT
from tests.fakes.discord_model import Json

if TYPE_CHECKING:
    from tests.fakes.discord_interaction import Interaction


@dataclass(frozen=True)
class Field:
    """A text input or (`options`) a menu."""

    custom_id: str
    label: str
    long: bool
    required: bool
    low: int
    high: int
    value: str
    placeholder: str
    options: tuple[str, ...] = ()
    is_select: bool = False

    @classmethod
    def read(cls, sent: Json, label: str) -> "Field":
        """A text input or a select of a modal, as the bot described it."""
        options = tuple(option["value"] for option in sent.get("options") or [])
        select = sent["type"] in SELECTS
        low = (1 if sent.get("min_values") is None else sent["min_values"]) if select else sent.get("min_length") or 0
        return cls(
            sent["custom_id"],
            sent.get("label") or label,
            sent.get("style") == 2,
            sent.get("required") is not False,
            low,
            (sent.get("max_values") or 1) if select else sent.get("max_length") or 4000,
            sent.get("value") or "",
            sent.get("placeholder") or "",
            options,
            select,
        )

    def filled(self, given: str | list[str]) -> Json:
        """What is sent for it; a client does not send what does not fit."""
        words = [given] if self.is_select and isinstance(given, str) else given
        assert isinstance(words, list) == self.is_select, f"{self.label}: {given!r} does not fit"
        if words or self.required:
            assert self.low <= len(words) <= self.high, f"{self.label}: {given!r} does not fit {self.low}..{self.high}"
            assert words or not self.required, f"{self.label} is required"
        if isinstance(words, list):
            assert not self.options or set(words) <= set(self.options), f"{words} are not among {self.options}"
            return {"custom_id": self.custom_id, "values": words}
        return {"custom_id": self.custom_id, "value": words}


@dataclass(frozen=True)
class Modal:
    """A form shown to one user by the answer to `shown_by`. `sent`: as the bot described it."""

    sent: Json
    shown_by: "Interaction"

    @property
    def title(self) -> str:
        """The form's title."""
        return str(self.sent["title"])

    @property
    def custom_id(self) -> str:
        """What the bot named it."""
        return str(self.sent["custom_id"])

    @property
    def fields(self) -> list[Field]:
        """Its text inputs and menus, in order."""
        found = []
        for top in self.sent["components"]:
            inside = top.get("components") or [top.get("component") or {"type": 0}]
            kept = [sent for sent in inside if sent["type"] == TEXT_INPUT or sent["type"] in SELECTS]
            found += [Field.read(sent, top.get("label") or "") for sent in kept]
        return found

    def submitted(self, words: Mapping[str, str | list[str]]) -> Json:
        """The `data` of a submission; words by custom_id, by label, or in a form of one field by any name."""
        fields, left = self.fields, dict(words)
        filled: dict[str, Json] = {}
        for field in fields:
            names = [name for name in left if name in (field.custom_id, field.label) or len(fields) == 1]
            given = left.pop(names[0]) if names else ([] if field.is_select else field.value)
            filled[field.custom_id] = field.filled(given)
        assert not left, f"no field {list(left)} among {[field.label for field in fields]}"
        return {"custom_id": self.custom_id, "components": [_top(top, filled) for top in self.sent["components"]]}


def _top(top: Json, filled: Mapping[str, Json]) -> Json:
    made: Json = {"type": top["type"], "id": top.get("id", 1)}
    if "components" in top:
        made["components"] = [_inner(inside, filled) for inside in top["components"]]
    if "component" in top:
        made["component"] = _inner(top["component"], filled)
    return made


def _inner(sent: Json, filled: Mapping[str, Json]) -> Json:
    return {"type": sent["type"], "id": sent.get("id", 2)} | filled.get(sent.get("custom_id", ""), {})
