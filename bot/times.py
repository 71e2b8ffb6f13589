"""What people write for times of day and weekdays, and how these are written back."""

from abc import abstractmethod
from collections.abc import Sequence
from enum import Enum
from typing import Any, Final, Literal

from bot.hours import DAY_NAMES, SHORT_NAMES, TO, bare, days_of, minute_of, plain, weekday_of
from bot.kinds import SUGGESTIONS, Choice, Kind, Span, Unclear
from bot.language import _, mark
from bot.learning.rhythm import DAILY, WEEKDAYS, WEEKENDS
from bot.library import Library
from bot.markup import escape, shorten


class Instead(Enum):
    """What may be written in place of a time or a day."""

    OFF = "off"
    AUTO = "auto"


OFF: Final = Instead.OFF
AUTO: Final = Instead.AUTO

Off = Literal[Instead.OFF]
Auto = Literal[Instead.AUTO]


class _Clock(Kind):
    """A kind of several words, all of which together say one thing."""

    span = Span.MANY
    wanted: str
    shown: Sequence[str]

    @abstractmethod
    def understood(self, text: str) -> Any:
        """What a plain text says; None where it says nothing of this kind."""

    def read(self, text: str, library: Library) -> Any:
        """The value; raises Unclear."""
        if (found := self.understood(plain(text))) is not None:
            return found
        near = [Choice(word, word) for word in self.shown[:4]]
        raise Unclear(_(self.wanted).format(text=escape(shorten(text, 30))), near)

    def exact(self, text: str, library: Library) -> bool:
        """Whether the text says something of this kind."""
        return self.understood(plain(text)) is not None

    def suggest(self, text: str, library: Library) -> list[Choice]:
        """What was typed, if it can be read, then usual words that begin so."""
        start = plain(text)
        typed = [start] if start and self.understood(start) is not None else []
        words = dict.fromkeys([*typed, *(word for word in self.shown if word.startswith(start))])
        return [Choice(word, word) for word in words][:SUGGESTIONS]


class TimeOfDay(_Clock):
    """A local time: minutes since midnight, or OFF."""

    wanted = mark("“{text}” is no time of day. Write one such as 08:00, 8am or 20:30, or off.")
    shown = ("08:00", "09:00", "12:00", "18:00", "20:00", "off", "07:00", "10:00", "17:00", "19:00", "21:00")

    def understood(self, text: str) -> int | Off | None:
        """The minute of the day, or OFF."""
        return OFF if text == "off" else minute_of(text)


class Weekdays(_Clock):
    """Weekdays as a mask: bit 0 is Monday."""

    wanted = mark("“{text}” names no weekdays. Write daily, weekdays, weekends, or days such as mon,wed,fri.")
    shown = ("daily", "weekdays", "weekends", "mon,wed,fri", "tue,thu", "mon-thu")

    def understood(self, text: str) -> int | None:
        """The mask."""
        return days_of(text)


class WeekTime(_Clock):
    """A weekday and a local time: a mask of one day and a minute, or OFF."""

    wanted = mark("“{text}” is no weekday with a time. Write both, such as mon 18:00, or off.")
    shown = ("mon 18:00", "sun 18:00", "off", "mon 09:00", "fri 17:00", "sat 10:00")

    def understood(self, text: str) -> tuple[int, int] | Off | None:
        """The day and the minute, or OFF."""
        words = bare(text).split()
        if text == "off" or len(words) < 2:
            return OFF if text == "off" else None
        for day, rest in ((words[0], words[1:]), (words[-1], words[:-1])):
            if (weekday := weekday_of(day)) is not None and (minute := minute_of(" ".join(rest))) is not None:
                return 1 << weekday, minute
        return None


class QuietHours(_Clock):
    """Two local times between which nothing is sent: the minutes of their start and end, or OFF."""

    wanted = mark("“{text}” says no quiet hours. Write when they begin and end, such as 22:00-07:00, or off.")
    shown = ("22:00-07:00", "21:00-08:00", "23:00-08:00", "off")

    def understood(self, text: str) -> tuple[int, int] | Off | None:
        """Start and end, which differ, or OFF."""
        if text == "off":
            return OFF
        start, end = (minute_of(part) for part in TO.split(text)) if len(TO.split(text)) == 2 else (None, None)
        return (start, end) if start is not None and end is not None and start != end else None


class FirstDay(_Clock):
    """The first day of a week: Monday is 0; or AUTO, as is the custom where one lives."""

    wanted = mark("“{text}” is no weekday. Write monday, sunday or saturday, or auto for the custom of the zone.")
    shown = ("monday", "sunday", "saturday", "auto")

    def understood(self, text: str) -> int | Auto | None:
        """The day, or AUTO."""
        return AUTO if text == "auto" else weekday_of(text)


def written_time(minute: int) -> str:
    """A minute of the day as 08:00."""
    return f"{minute // 60:02}:{minute % 60:02}"


def written_quiet(start: int, end: int) -> str:
    """Quiet hours as 22:00-07:00."""
    return f"{written_time(start)}-{written_time(end)}"


def written_day(weekday: int) -> str:
    """A weekday's name."""
    return _(DAY_NAMES[weekday])


def written_days(mask: int) -> str:
    """Weekdays in words: every day, weekdays, or Mon, Wed, Fri."""
    sets = {DAILY: _("every day"), WEEKDAYS: _("weekdays"), WEEKENDS: _("weekends")}
    return sets.get(mask) or ", ".join(_(SHORT_NAMES[day]) for day in range(7) if mask >> day & 1)


def typed_days(mask: int) -> str:
    """Weekdays as one word of a line, in every language the same: daily, weekdays, or mon,wed,fri."""
    sets = {DAILY: "daily", WEEKDAYS: "weekdays", WEEKENDS: "weekends"}
    return sets.get(mask) or ",".join(SHORT_NAMES[day].casefold() for day in range(7) if mask >> day & 1)
