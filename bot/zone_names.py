"""What the zones of the tz database are called: their names, the cities in these, abbreviations, minutes from UTC."""

import zoneinfo
from functools import cache

ABBREVIATIONS = {
    **dict.fromkeys(("est", "edt", "et", "eastern"), ("America/New_York",)),
    **dict.fromkeys(("cdt", "ct", "central"), ("America/Chicago",)),
    **dict.fromkeys(("mst", "mdt", "mt", "mountain"), ("America/Denver", "America/Phoenix")),
    **dict.fromkeys(("pst", "pdt", "pt", "pacific"), ("America/Los_Angeles",)),
    **dict.fromkeys(("akst", "akdt"), ("America/Anchorage",)),
    **dict.fromkeys(("aest", "aedt"), ("Australia/Sydney", "Australia/Brisbane")),
    **dict.fromkeys(("nzst", "nzdt"), ("Pacific/Auckland",)),
    "awst": ("Australia/Perth",),
    "bst": ("Europe/London", "Asia/Dhaka"),
    "brt": ("America/Sao_Paulo",),
    "cat": ("Africa/Maputo",),
    "cest": ("CET",),
    "cst": ("America/Chicago", "Asia/Shanghai", "America/Havana"),
    "eat": ("Africa/Nairobi",),
    "eest": ("EET",),
    "hkt": ("Asia/Hong_Kong",),
    "hst": ("Pacific/Honolulu",),
    "ist": ("Asia/Kolkata", "Asia/Jerusalem", "Europe/Dublin"),
    "jst": ("Asia/Tokyo",),
    "kst": ("Asia/Seoul",),
    "msk": ("Europe/Moscow",),
    "pkt": ("Asia/Karachi",),
    "sast": ("Africa/Johannesburg",),
    "sgt": ("Asia/Singapore",),
    "wat": ("Africa/Lagos",),
    "west": ("WET",),
    "wib": ("Asia/Jakarta",),
    "z": ("UTC",),
}

BETWEEN = {
    -570: ("Pacific/Marquesas",),
    -210: ("America/St_Johns",),
    210: ("Asia/Tehran",),
    270: ("Asia/Kabul",),
    330: ("Asia/Kolkata", "Asia/Colombo"),
    345: ("Asia/Kathmandu",),
    390: ("Asia/Yangon",),
    525: ("Australia/Eucla",),
    570: ("Australia/Adelaide", "Australia/Darwin"),
    630: ("Australia/Lord_Howe",),
    765: ("Pacific/Chatham",),
}
"""The zones whose winter time is no whole number of hours from UTC, by its minutes."""

_OF_COUNTRIES = ("US", "Canada", "Brazil", "Mexico", "Chile", "Etc", "SystemV")
"""Folders of the tz database in which the last part of a name is no city."""

_NO_PLACES = {"Factory", "localtime", "EST", "MST", "HST", "GMT+0", "GMT-0"}
"""Names of the tz database that are no zone's, or that people mean something else by."""


def zone_key(text: str) -> str:
    """A zone's name without case and blanks."""
    return "".join(text.casefold().replace("_", " ").split())


@cache
def names() -> dict[str, str]:
    """The zones by their whole names, and by their cities; an old name stands for the zone that took its place."""
    from babel.core import get_global

    every = sorted(zoneinfo.available_timezones() - _NO_PLACES)
    newer = {old: new for old, new in get_global("zone_aliases").items() if new in every and not new.startswith("Etc/")}
    by_city = {
        zone_key(zone.rpartition("/")[2]): newer.get(zone, zone)
        for zone in reversed(every)
        if "/" in zone and zone.partition("/")[0] not in _OF_COUNTRIES
    }
    return dict(sorted({**by_city, **{zone_key(zone): newer.get(zone, zone) for zone in every}}.items()))
