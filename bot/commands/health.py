"""/health: whether this Cairn is well, for whoever hosts it: what rests undelivered and why, and how much there is."""

from datetime import datetime, timedelta
from typing import Annotated

from bot.ask import Role
from bot.call import Call
from bot.chat import Chat
from bot.command import command
from bot.kinds import Number
from bot.language import _, mark, plural
from bot.learning.days import day_ends, local_day
from bot.markup import escape, shorten
from bot.reply import Button, Draft, Reply, press, rows_of
from bot.store import health as store
from bot.store.health import Dead
from bot.version import version

DATABASES = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}
STATES = {"waiting": mark("waiting"), "overdue": mark("overdue"), "again": mark("tried again"), "dead": mark("dead")}
WHY = 100
"""Characters of a reason that are shown."""

Delivery = Annotated[int | None, Number(1, 10**9)]


@command("health", mark("What rests undelivered and why, and how much there is"), role=Role.OWNER, private=True)
def health(chat: Chat, retry: Delivery = None, drop: Delivery = None) -> Reply:
    """Shows how things are; `retry` puts a dead delivery back, `drop` gives one up."""
    draft = Draft().say(_changed(chat, retry, drop))
    dead = store.dead(chat.connection)
    draft.say(_("## Health"), _resting(chat), _reasons(chat), "\n".join(map(_told, dead)), _size(chat))
    draft.offer(*rows_of(button for each in dead for button in _ways(each)))
    return draft.offer([press(_("Look again"), "health"), press(_("Reports"), "reports")]).reply(slot="health")


def _changed(chat: Chat, retry: int | None, drop: int | None) -> str:
    """Puts a dead delivery back, gives one up, and says so."""
    told = []
    if retry is not None:
        known = store.retry(chat.connection, retry, chat.now)
        sentence = _("Delivery {number} is tried again.") if known else _("There is no dead delivery {number}.")
        told.append(sentence.format(number=retry))
    if drop is not None:
        known = store.drop(chat.connection, drop)
        sentence = _("Delivery {number} is given up.") if known else _("There is no dead delivery {number}.")
        told.append(sentence.format(number=drop))
    return " ".join(told)


def _ways(dead: Dead) -> list[Button]:
    """What can be done with a dead delivery."""
    return [
        press(_("Retry {number}").format(number=dead.id), "health", retry=dead.id),
        press(_("Drop {number}").format(number=dead.id), "health", drop=dead.id),
    ]


def _resting(chat: Chat) -> str:
    """What rests undelivered, as a table; one sentence where nothing does."""
    found = [tally for tally in store.resting(chat.connection, chat.now) if tally.count]
    if not found:
        return _("Nothing rests undelivered.")
    rows = [f"| {_(STATES[each.state])} | {each.count} | {_instant(each.oldest)} |" for each in found]
    heads = (_("undelivered"), _("count"), _("oldest"))
    return "\n".join([f"| {' | '.join(heads)} |", "|---|---|---|", *rows])


def _reasons(chat: Chat) -> str:
    """Why deliveries are tried again."""
    found = store.reasons(chat.connection)
    lines = [f"- {escape(shorten(why, WHY))}: {count}" for why, count in found]
    return "\n".join([_("Tried again because of:"), "", *lines]) if lines else ""


def _told(dead: Dead) -> str:
    """A dead delivery in a line: its call's name and no word of what it says."""
    where = dead.account if dead.place.private else "/".join(filter(None, (dead.place.chat, dead.place.thread)))
    kind = _("private") if dead.place.private else _("group")
    return "- " + _("**{number}** /{call} to {platform} {kind} {where}, {tries}, since {since}: {why}").format(
        number=dead.id,
        call=escape(Call.parse(dead.line).name),
        platform=escape(dead.place.platform),
        kind=kind,
        where=escape(where),
        tries=plural("{count} try", "{count} tries", dead.tries).format(count=dead.tries),
        since=_instant(dead.since),
        why=escape(shorten(dead.why, WHY)) or "–",
    )


def _size(chat: Chat) -> str:
    """How much there is, and of which version."""
    zone, content = chat.learner.zone, chat.library.content
    begun = day_ends(local_day(chat.now, zone) - timedelta(days=1), zone)
    size = store.size(chat.connection, begun)
    lines = [
        _("Learners: {count}, active today: {active}").format(count=size.learners, active=size.active),
        _("Groups: {count}").format(count=size.groups),
        _("Open reports: {count}").format(count=size.reports),
        _("Content: {topics} topics, {questions} questions, {projects} projects").format(
            topics=len(content.topics), questions=len(chat.library.questions), projects=len(content.projects)
        ),
        _("Cairn {version} on {database}, schema {revision}").format(
            version=version(), database=DATABASES[chat.connection.dialect.name], revision=size.revision
        ),
    ]
    return "\n".join(f"- {line}" for line in lines)


def _instant(at: datetime | None) -> str:
    return f"{at:%Y-%m-%d %H:%M} UTC" if at else "–"
