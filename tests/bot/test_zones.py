"""Zones are found by what people write; what may be several or none is asked about, with the likeliest as buttons."""

import zoneinfo
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.commands import by_name
from bot.kinds import Unclear
from bot.library import Library
from bot.zones import Zone, called, near
from tests.world import World, content, words

LIBRARY = Library(content(), by_name())
ZONE = Zone()

CLEAR = {
    "Europe/Berlin": (
        "Europe/Berlin",
        "europe/berlin",
        "Berlin",
        " BERLIN ",
        "Germany",
        "DEU",
        "Munich",
        "München",
        "Berln",
    ),
    "Europe/London": ("London", "UK", "England", "Birmingham", "Londno"),
    "Europe/Paris": ("France", "Lyon", "paris"),
    "Europe/Moscow": ("Москва", "msk"),
    "Europe/Zurich": ("Zürich", "Zurich", "Switzerland"),
    "Europe/Kyiv": ("Kiev", "Kyiv", "Europe/Kiev"),
    "Asia/Kolkata": ("Mumbai", "Bombay", "India", "Asia/Calcutta"),
    "Asia/Tokyo": ("Japan", "JST", "東京", "Osaka"),
    "America/New_York": ("New York", "new_york", "newyork", "NYC", "EST", "Eastern Time", "Boston", "Portland, Maine"),
    "America/Los_Angeles": ("San Francisco", "PST", "Portland", "San Jose, California", "San Jose, USA"),
    "America/Costa_Rica": ("San Jose, Costa Rica", "Costa Rica"),
    "America/Chicago": ("central time", "CDT", "Paris, Texas", "Paris, TX"),
    "America/Sao_Paulo": ("Sao Paulo", "São Paulo", "BRT"),
    "America/Ciudad_Juarez": ("Ciudad Juárez", "Juárez"),
    "Etc/GMT-2": ("UTC+2", "utc +02:00", "GMT+2", "+2", "+0200", "Etc/GMT-2"),
    "Etc/GMT+3": ("UTC-3", "GMT−3", "-3", "UTC-03"),
    "Etc/GMT-14": ("UTC+14",),
    "UTC": ("UTC", "utc+0", "Z"),
    "GMT": ("GMT",),
}


@pytest.mark.parametrize(("zone", "text"), [(zone, text) for zone, texts in CLEAR.items() for text in texts])
def test_what_is_clear_is_understood(zone: str, text: str) -> None:
    assert ZONE.read(text, LIBRARY) == zone


@pytest.mark.parametrize(
    ("text", "zones"),
    [
        ("CST", ["America/Chicago", "Asia/Shanghai", "America/Havana"]),
        ("IST", ["Asia/Kolkata", "Asia/Jerusalem", "Europe/Dublin"]),
        ("Spain", ["Europe/Madrid", "Atlantic/Canary", "Africa/Ceuta"]),
        ("San Jose", ["America/Los_Angeles", "America/Costa_Rica", "Asia/Manila"]),
        ("Springfield", ["America/Chicago", "America/New_York", "America/Los_Angeles"]),
    ],
)
def test_what_may_be_several_is_asked_about(text: str, zones: list[str]) -> None:
    with pytest.raises(Unclear, match="may be several time zones") as refused:
        ZONE.read(text, LIBRARY)
    assert [choice.value for choice in refused.value.near] == zones


def test_a_large_country_offers_its_largest_zones_first() -> None:
    with pytest.raises(Unclear) as refused:
        ZONE.read("USA", LIBRARY)
    near = refused.value.near
    assert near[0].label == "New York City, New York (America/New_York)"
    assert {"America/New_York", "America/Chicago", "America/Denver", "America/Los_Angeles"} <= {
        one.value for one in near
    }
    assert len(near) == 8


@pytest.mark.parametrize(
    ("text", "zones"),
    [
        ("UTC+5:30", ["Asia/Kolkata", "Asia/Colombo"]),
        ("GMT-3:30", ["America/St_Johns"]),
        ("+05:45", ["Asia/Kathmandu"]),
        ("UTC+20", []),
        ("UTC-13", []),
        ("UTC+1:15", []),
    ],
)
def test_hours_that_no_zone_keeps_are_refused_with_the_zones_that_do(text: str, zones: list[str]) -> None:
    with pytest.raises(Unclear, match="Write a city there, such as") as refused:
        ZONE.read(text, LIBRARY)
    assert [choice.value for choice in refused.value.near] == zones


@pytest.mark.parametrize(
    ("text", "nearest"),
    [("Europe/Berln", "Europe/Berlin"), ("Amstrdm", "Europe/Amsterdam"), ("Hambrug.x", "Europe/Berlin")],
)
def test_what_is_unknown_is_refused_with_the_nearest(text: str, nearest: str) -> None:
    with pytest.raises(Unclear, match="is no time zone I know") as refused:
        ZONE.read(text, LIBRARY)
    assert refused.value.near[0].value == nearest


@pytest.mark.parametrize("text", ["", "\0", "../../etc/passwd", "localtime", "Factory", "🙂", "(", "a" * 500])
def test_what_is_no_place_is_no_zone(text: str) -> None:
    assert not ZONE.exact(text, LIBRARY)
    with pytest.raises(Unclear):
        ZONE.read(text, LIBRARY)


@settings(max_examples=20, deadline=None)
@given(st.text(max_size=20))
def test_any_text_gives_a_zone_or_buttons_of_zones(text: str) -> None:
    try:
        found = [ZONE.read(text, LIBRARY)]
    except Unclear as refused:
        found = [choice.value for choice in refused.near]
    assert found == [ZONE.read(zone, LIBRARY) for zone in found]


def test_every_zone_is_understood_by_its_name_as_one_with_the_same_clock() -> None:
    summer, winter = datetime(2026, 7, 1, tzinfo=UTC), datetime(2026, 1, 1, tzinfo=UTC)
    for zone in zoneinfo.available_timezones() - {"Factory", "localtime", "EST", "MST"}:  # people mean others by these
        found = zoneinfo.ZoneInfo(ZONE.read(zone, LIBRARY))
        for day in (summer, winter):
            assert day.astimezone(found).utcoffset() == day.astimezone(zoneinfo.ZoneInfo(zone)).utcoffset(), zone


def test_completions_are_names_of_zones_then_cities_each_zone_once() -> None:
    assert [choice.value for choice in ZONE.suggest("europe/ber", LIBRARY)] == ["Europe/Berlin"]
    munich = ZONE.suggest("munic", LIBRARY)[0]
    assert (munich.label, munich.value) == ("Munich, Germany (Europe/Berlin)", "Europe/Berlin")
    values = [choice.value for choice in ZONE.suggest("s", LIBRARY)]
    assert len(values) == len(set(values)) == 25


@pytest.mark.parametrize(
    ("latitude", "longitude", "zone"),
    [
        (48.137, 11.575, "Europe/Berlin"),
        (40.7, -74.0, "America/New_York"),
        (-36.85, 174.76, "Pacific/Auckland"),
        (-17.8, 179.99, "Pacific/Fiji"),
        (-17.8, -179.99, "Pacific/Fiji"),
        (64.15, -21.94, "Atlantic/Reykjavik"),
    ],
)
def test_a_shared_location_has_the_zone_of_the_nearest_city(latitude: float, longitude: float, zone: str) -> None:
    assert near(latitude, longitude) == zone


@pytest.mark.parametrize("hours", range(-12, 15))
def test_hours_from_utc_are_kept_and_called_as_they_were_written(hours: int) -> None:
    zone = ZONE.read(f"UTC{hours:+}", LIBRARY)
    assert datetime(2026, 1, 1, tzinfo=zoneinfo.ZoneInfo(zone)).utcoffset() == timedelta(hours=hours)
    assert called(zone) == (f"UTC{hours:+}" if hours else "UTC")


def test_other_zones_are_called_by_their_names() -> None:
    assert called("Europe/Berlin") == "Europe/Berlin"
    assert called("") == ""


def test_a_zone_is_set_by_a_city_with_a_slip_and_shown(quick: World) -> None:
    quick.say("/settings zone=Berln")
    assert "Zone: Europe/Berlin" in words(quick.last)
    quick.say("/settings zone=UTC+2")
    assert "Zone: UTC+2" in words(quick.last)
    quick.say('/settings zone="San Jose"')
    quick.press("San José, Costa Rica (America/Costa_Rica)")
    assert "Zone: America/Costa" in words(quick.last)
