"""/start, /help and /cancel: the first words, what there is, and the way out."""

from typing import Annotated

from bot.chat import Chat
from bot.command import Command, command
from bot.kinds import CommandName
from bot.language import _, mark
from bot.markup import escape
from bot.reply import Button, Draft, Reply, press, rows_of

ZONES = (
    "UTC",
    "Europe/London",
    "Europe/Berlin",
    "America/New_York",
    "America/Los_Angeles",
    "America/Sao_Paulo",
    "Asia/Kolkata",
    "Asia/Tokyo",
)
"""Offered as buttons; any other one can be written."""


@command("start", mark("Says hello, and asks for your time zone and programming language"), private=True)
def start(chat: Chat) -> Reply:
    """Greets; asks for what is not known yet; says the three things to try first."""
    learner = chat.learner
    draft = Draft()
    name = escape(learner.name or learner.shown)
    draft.say(
        _("Hello {name}! I know the whole {roadmap} roadmap and your place on it.").format(
            name=name, roadmap=chat.roadmap.title
        ),
        _(
            "Three things to try first:\n\n"
            "- `/next` says what to learn now, and why\n"
            "- `/explain sharding` explains any topic\n"
            "- `/progress` shows how far you are"
        ),
    )
    draft.offer([press(_("What next?"), "next"), press(_("Explain sharding"), "explain", "sharding")])
    if not learner.zone:
        draft.say(_("**Where are you?** Your days and streaks follow your own time zone."))
        zones = [press(zone.rpartition("/")[2].replace("_", " "), "settings", zone=zone) for zone in ZONES]
        draft.offer(*rows_of(zones, 4), [Button(_("Another city"), "/settings", fill=("zone",))])
    _ask_picks(chat, draft)
    return draft.reply()


def _ask_picks(chat: Chat, draft: Draft) -> None:
    """Asks for the first pick-one group of the roadmap while it is undecided."""
    picks = [step for step in chat.path.steps if step.pick]
    if picks and not chat.path.chosen(picks[0]):
        first = picks[0]
        draft.say(_("**{pick}:** which one do you take?").format(pick=first.title))
        buttons = [
            Button(chat.topic(member.topic).title, f"/path {first.id}={member.topic}") for member in first.members
        ]
        draft.offer(*rows_of(buttons, 4))


@command("help", mark("Shows every command, or one with an example"), "/help explain", private=True)
def help_(chat: Chat, command: Annotated[Command | None, CommandName()] = None) -> Reply:
    """The table of commands, or one of them."""
    if command is not None:
        text = f"`{command.usage}`\n\n{_(command.summary)}."
        example = _("For example: `{example}`").format(example=command.example)
        return Draft().say(text, example).offer([Button(command.example, command.example)]).reply()
    known = [one for one in chat.library.menu.values() if one.role <= chat.role]
    lines = "\n".join(f"- `{one.usage}` {_(one.summary)}" for one in known)
    legend = _("Words in <> are needed, those in \\[\\] are not. Anything else you write is a question.")
    return (
        Draft()
        .say(lines, legend.replace("<>", "\\<\\>"))
        .offer([press(_("What next?"), "next"), press(_("The map"), "map")])
        .reply()
    )
