"""The time zone that a language tag hints at: that of the largest city of its country."""

from functools import lru_cache

from bot.geonames import cities

_EVERYWHERE = {"en"}
"""Spoken in so many countries that the language alone tells none."""


@lru_cache(256)
def zone_of(language: str) -> str:
    """The zone where a tag such as de or pt-BR is at home, "" where it tells no country."""
    country = _country(language)
    return next((city.timezone for city in cities() if city.countrycode == country), "") if country else ""


def _country(language: str) -> str:
    from babel.core import get_global

    parts = language.replace("_", "-").split("-")
    named = [part.upper() for part in parts[1:] if len(part) == 2]
    if named or parts[0] in _EVERYWHERE:
        return named[0] if named else ""
    likely = get_global("likely_subtags").get(parts[0], "")
    return str(likely).rpartition("_")[2]
