"""The first day of the week by the custom of a zone's country (CLDR, through Babel)."""

from functools import cache


@cache
def custom(zone: str) -> int:
    """The first day of the week where a zone is: Monday is 0; Monday too where a zone belongs to no country."""
    from babel import Locale, UnknownLocaleError
    from babel.core import get_global

    country = get_global("zone_territories").get(zone, "")
    try:
        return int(Locale.parse(f"und_{country}").first_week_day) if len(country) == 2 else 0
    except UnknownLocaleError:
        return 0
