"""/settings: the learner's zone, shown name, whether boards show them, the depth they like, and reviews a day."""

from typing import Annotated

from bot.card import DEPTHS
from bot.chat import Chat
from bot.command import command
from bot.kinds import FreeText, Number, OneOf, Span
from bot.language import _, mark
from bot.markup import escape
from bot.reply import Button, Draft, Reply, press
from bot.store import boards, learners, nudges
from bot.zones import Zone, called


@command(
    "settings",
    mark("Your zone, your name on boards or hiding, how deep cards go, reviews a day"),
    "/settings zone=Europe/Berlin",
    private=True,
)
def settings(
    chat: Chat,
    zone: Annotated[str | None, Zone()] = None,
    name: Annotated[str | None, FreeText(32, Span.ONE)] = None,
    depth: Annotated[str | None, OneOf(DEPTHS)] = None,
    reviews: Annotated[int | None, Number(1, 200)] = None,
    board: Annotated[str | None, OneOf(("shown", "hidden"))] = None,
) -> Reply:
    """Changes what is given, and shows all."""
    given = {"zone": zone, "name": name, "depth": depth, "reviews": reviews, "board": board}
    now = {key: getattr(chat.learner, key) for key in given}
    for key, value in given.items():
        if value is not None:
            learners.change(chat.connection, chat.learner.id, key, value)
            now[key] = value
    if zone is not None:
        nudges.recount(chat.connection, chat.learner.id, chat.now)
    if board is not None:
        boards.judge(chat.connection, chat.learner.id)
    lines = [
        _("Zone: {zone}").format(zone=escape(called(now["zone"])) or _("UTC, as none is set")),
        _("Name: {name}").format(name=escape(now["name"] or chat.learner.shown)),
        _("Depth: {depth}").format(depth=now["depth"] or "normal"),
        _("Reviews a day: {count} at most").format(count=now["reviews"]),
        _("On boards: {shown}").format(shown=now["board"] or "shown"),
    ]
    draft = Draft().say(_("## Your settings"), "\n".join(f"- {line}" for line in lines))
    draft.offer(
        [Button(_("Change zone"), "/settings", fill=("zone",)), Button(_("Change name"), "/settings", fill=("name",))],
        [press(depth.capitalize(), "settings", depth=depth) for depth in DEPTHS],
        [
            press(_("Hide me on boards"), "settings", board="hidden")
            if now["board"] != "hidden"
            else press(_("Show me on boards"), "settings", board="shown")
        ],
    )
    return draft.offer([press(_("What next?"), "next")]).reply()
