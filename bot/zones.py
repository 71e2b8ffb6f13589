"""Finding the time zone that somebody means: by its name, a city, a country, an abbreviation or the hours from UTC."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from bot import cities
from bot.geonames import City
from bot.kinds import OFFERS, SUGGESTIONS, Choice, Kind, Span, Unclear, nearest
from bot.language import _
from bot.library import Library
from bot.markup import escape, shorten
from bot.zone_names import ABBREVIATIONS, BETWEEN, names, zone_key

CLEARLY = 3
"""How many times larger a city is than its namesakes elsewhere, for it to be meant without a question."""

_OFFSET = re.compile(r"(?:utc|gmt)? ?([+\-−–])(\d{1,2})(?::?([0-5]\d))?")
_FIXED = re.compile(r"Etc/GMT([+-])(\d+)")


@dataclass(frozen=True, slots=True)
class Place:
    """Something that may be meant: how it is shown, its zone, and its inhabitants where they tell which is meant."""

    label: str
    zone: str
    weight: int = 0


@dataclass(frozen=True)
class Zone(Kind):
    """A time zone of the tz database."""

    span = Span.MANY

    def read(self, text: str, library: Library) -> str:
        """The zone's name."""
        meant = _meant(text) or _places(cities.misspelt(text))
        if len(meant) == 1 or (meant and meant[0].weight > CLEARLY * meant[1].weight):
            return meant[0].zone
        shown = escape(shorten(text, 40))
        if meant:
            raise Unclear(
                _("“{zone}” may be several time zones. Choose one:").format(zone=shown), _choices(meant[:OFFERS])
            )
        raise _between(shown, minutes) if (minutes := _minutes(zone_key(text))) is not None else _unknown(shown, text)

    def exact(self, text: str, library: Library) -> bool:
        """Whether the text is wholly the name of a zone or of a place."""
        return bool(_meant(text))

    def suggest(self, text: str, library: Library) -> list[Choice]:
        """The zones whose name or city begins so, then the cities that do."""
        start = zone_key(text)
        named = [Place(zone, zone) for name, zone in names().items() if name.startswith(start)]
        return _choices(_each_once([*named, *_places(cities.starting(text, SUGGESTIONS))]))[:SUGGESTIONS]


def near(latitude: float, longitude: float) -> str:
    """The zone of the city nearest to a point of the earth, both in degrees."""
    return cities.nearest(latitude, longitude).timezone


def called(zone: str) -> str:
    """A zone as people call it: UTC+2 where the tz database says Etc/GMT-2."""
    if not (fixed := _FIXED.fullmatch(zone)):
        return zone
    return f"UTC{'-' if fixed[1] == '+' else '+'}{fixed[2]}"


def _meant(text: str) -> list[Place]:
    """What a text is wholly the name of, likeliest first."""
    name = zone_key(text)
    if (hours := _whole_hours(name)) is not None:
        return [Place(called(hours), hours)]
    if short := ABBREVIATIONS.get(name.removesuffix("time")):
        return [Place(zone, zone) for zone in short]
    if zone := names().get(name):
        return [Place(zone, zone)]
    country = [replace(place, weight=0) for place in _places(cities.in_country(text))]
    return country or _places(cities.named(text))


def _whole_hours(name: str) -> str | None:
    minutes = _minutes(name)
    if minutes is None or minutes % 60 or not -12 <= minutes // 60 <= 14:
        return None
    return f"Etc/GMT{-minutes // 60:+}" if minutes else "UTC"


def _minutes(name: str) -> int | None:
    """How far ahead of UTC a text such as utc+5:30 says."""
    if not (found := _OFFSET.fullmatch(name)):
        return None
    minutes = int(found[2]) * 60 + int(found[3] or 0)
    return minutes if found[1] == "+" else -minutes


def _between(shown: str, minutes: int) -> Unclear:
    """What to say of hours from UTC that the tz database has no zone for."""
    zones = BETWEEN.get(minutes, ())
    told = _("“{zone}” alone is no time zone that I can keep. Write a city there, such as {city}.")
    return Unclear(
        told.format(zone=shown, city=zones[0] if zones else "Berlin"), [Choice(zone, zone) for zone in zones]
    )


def _unknown(shown: str, text: str) -> Unclear:
    """What to say of a text that names nothing, with what is most like it."""
    named = [Place(names()[name], names()[name]) for name in nearest(zone_key(text), names())]
    like = _places(cities.alike(text, 3))
    told = _("“{zone}” is no time zone I know. Write a city or a zone such as Europe/Berlin; the nearest are:")
    return Unclear(
        told.format(zone=shown), _choices(_each_once([*named, *like] if "/" in text else [*like, *named])[:3])
    )


def _places(found: Iterable[City]) -> list[Place]:
    return _each_once(Place(f"{city.label} ({city.timezone})", city.timezone, city.population) for city in found)


def _each_once(places: Iterable[Place]) -> list[Place]:
    """The first place of each zone."""
    first: dict[str, Place] = {}
    for place in places:
        first.setdefault(place.zone, place)
    return list(first.values())


def _choices(places: Iterable[Place]) -> list[Choice]:
    return [Choice(place.label, place.zone) for place in places]
