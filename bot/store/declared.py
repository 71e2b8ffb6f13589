"""What tables hold about people: each table declares one of these where it is made, and /privacy lists them."""

from dataclasses import dataclass

from bot.language import mark


@dataclass(frozen=True, slots=True)
class Personal:
    """Something that is kept about a learner, why, and how long; each is marked for translation."""

    what: str
    why: str
    until: str


Declared = dict[str, Personal | None]
"""A table's `info`: under "about" what it holds, None where it holds nothing about people. A column of such a table
that names a learner all the same has one of its own."""


def _about(what: str, why: str, until: str = mark("until /forget")) -> Declared:
    return {"about": Personal(what, why, until)}


NOBODY: Declared = {"about": None}
LEARNER = _about(mark("Your accounts, names and settings"), mark("to know you again, on every platform"))
PROGRESS = _about(mark("Your steps, choices and what a quiz showed"), mark("to say how far you are and what is next"))
DAYS = _about(mark("The days on which you learnt, and your zone then"), mark("for your streak"))
ANSWERS = _about(
    mark("Quizzes and your answers"),
    mark("so that each answer counts once, for you"),
    mark("until /forget; a quiz that others answered stays, as nobody's"),
)
MEMORY = _about(mark("What you remember of each question"), mark("to review it at the right moment"))
POINTS = _about(mark("Your points"), mark("for the boards of your groups"))
NOTES = _about(mark("Your notes"), mark("to stand on their cards"), mark("until you remove them, or /forget"))
GROUPS = _about(
    mark("Which groups you are in or have set up"),
    mark("for their boards and projects"),
    mark("until /forget, or the group is not seen for long"),
)
REMINDERS = _about(mark("When you want to be written to"), mark("to write then and at no other time"))
PROJECTS = _about(mark("Project briefs, what you handed in, and your cheers"), mark("to show it to your groups"))
REPORTS = _about(mark("What you reported"), mark("so that it can be mended"))
MESSAGES = _about(
    mark("Messages on their way to you, or because of you"),
    mark("so that each is sent once"),
    mark("30 days; 90 where one could not be sent"),
)
KEPT = _about(
    mark("What buttons, polls and codes in your chats stand for, and which topic you last talked about"),
    mark("so that they work after a restart, and a word left out is understood"),
    mark("each until its end, 400 days at most"),
)
