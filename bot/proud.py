"""The one number that a group may be proud of after a week, in words."""

from collections.abc import Mapping

from bot.language import _, plural
from bot.learning.pride import Pride, proudest


def proud(counts: Mapping[Pride, int]) -> str:
    """The number that is worth most learners' weeks, or a word to a quiet group."""
    if (best := proudest(counts)) is None:
        return _("A quiet week: nothing was learnt or answered. One question is a beginning.")
    return _("**Be proud of this: {number}**").format(number=_number(*best))


def _number(of: Pride, count: int) -> str:
    match of:
        case Pride.PROJECTS:
            return plural("{count} project handed in", "{count} projects handed in", count).format(count=count)
        case Pride.TOPICS:
            return plural("{count} topic finished", "{count} topics finished together", count).format(count=count)
        case Pride.RIGHT:
            told = plural("{count} question answered right", "{count} questions answered right together", count)
            return told.format(count=count)
        case Pride.HOURS:
            hours = plural("about {count} hour of study", "about {count} hours of study together", count)
            return hours.format(count=count)
