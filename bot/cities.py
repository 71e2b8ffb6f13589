"""Finding the cities that somebody means, by name, by country, by a name nearly right, or by where they are."""

import math
from bisect import bisect_left

from bot.geonames import LARGE, City, cities, codes, index, other_names, plain, states
from bot.roadmap.names import squashed


def named(text: str) -> list[City]:
    """The cities so called, largest first. Their other names count where it is the name of none."""
    name, _comma, region = text.partition(",")
    key = squashed(name)
    found = (_between(key, key + "\0") or _other(name)) if key else []
    wanted = squashed(region)
    return [city for city in found if not wanted or wanted in _regions(city)]


def starting(text: str, limit: int) -> list[City]:
    """The largest cities whose name begins so."""
    start = squashed(text)
    return _between(start, start + "\U0010ffff")[:limit] if start else []


def misspelt(text: str) -> list[City]:
    """The cities whose name is one slip away, largest first; a short name is not taken for another."""
    from rapidfuzz import process
    from rapidfuzz.distance import OSA

    key = squashed(text)
    if len(key) < 5:
        return []
    names, places = index()
    hits = process.extract(key, names, scorer=OSA.distance, score_cutoff=1, limit=None)
    return [cities()[place] for place in sorted(places[hit[2]] for hit in hits)]


def alike(text: str, limit: int) -> list[City]:
    """The large cities whose name is most like this, best first."""
    from rapidfuzz import fuzz, process

    names, places = index()
    hits = process.extract(squashed(text[:40]), names, scorer=fuzz.ratio, score_cutoff=50, limit=100)
    found = [cities()[places[hit[2]]] for hit in sorted(hits, key=lambda hit: (-hit[1], places[hit[2]]))]
    return [city for city in found if city.population >= LARGE][:limit]


def in_country(text: str) -> list[City]:
    """The cities of a country, largest first, by its name or code of three letters."""
    code = codes().get(squashed(text))
    return [city for city in cities() if city.countrycode == code] if code else []


def nearest(latitude: float, longitude: float) -> City:
    """The city nearest to a point of the earth, both in degrees."""
    narrow = math.cos(math.radians(latitude))

    def away(city: City) -> float:
        east = (city.longitude - longitude + 180) % 360 - 180
        return (city.latitude - latitude) ** 2 + (east * narrow) ** 2

    return min(cities(), key=away)


def _between(first: str, behind: str) -> list[City]:
    """The cities whose names stand between two in order, largest first."""
    names, places = index()
    return [cities()[place] for place in sorted(places[bisect_left(names, first) : bisect_left(names, behind)])]


def _other(name: str) -> list[City]:
    behind = other_names().split(f"\n{plain(name.strip())}\t")[1:]
    return [cities()[int(rest.partition("\n")[0])] for rest in behind]


def _regions(city: City) -> set[str]:
    """What may stand behind a city's name."""
    names = {name for name, code in codes().items() if code == city.countrycode} | {city.countrycode.casefold()}
    if city.countrycode == "US":
        names |= {city.admin1code.casefold(), squashed(states().get(city.admin1code, ""))}
    return names
