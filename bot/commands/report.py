"""/report and /reports: a mistake in a page, or a topic that is missing, reaches whoever hosts this Cairn."""

from datetime import timedelta
from typing import Annotated, Any

from bot.ask import Place, Role
from bot.call import Call
from bot.chat import Chat
from bot.command import command
from bot.kinds import FreeText, Number, TopicName
from bot.language import _, mark
from bot.learning.days import day_ends, local_day
from bot.library import Library
from bot.markup import escape, quote
from bot.reply import Button, Draft, Reply, press, rows_of
from bot.roadmap.model import Topic
from bot.store import reports
from bot.store.reports import Report

LONGEST = 1000
"""Characters of a report."""
A_DAY = 20
"""Reports of a learner."""
SHOWN = 10
"""Reports shown at once."""


class TopicOrWords(TopicName):
    """A topic by any of its names; what names none is read as it was written."""

    def read(self, text: str, library: Library) -> Any:
        """The topic, or the text."""
        found = library.search.find(text)
        return found.topic if found.sure else text


@command(
    "report",
    mark("Tells whoever hosts me of a mistake in a page, or of a topic that is missing"),
    "/report caching the figure is wrong",
    private=True,
)
def report(chat: Chat, topic: Annotated[Topic | str, TopicOrWords()], text: Annotated[str, FreeText(LONGEST)]) -> Reply:
    """Keeps a report, once, and has the owners told of it."""
    if isinstance(topic, str):
        return _kept(chat, "", FreeText(LONGEST).read(f"{topic} {text}", chat.library))
    return _kept(chat, topic.id, text)


def _kept(chat: Chat, topic: str, text: str) -> Reply:
    learner = chat.learner
    begun = day_ends(local_day(chat.now, learner.zone) - timedelta(days=1), learner.zone)
    today = reports.since(chat.connection, learner.id, begun)
    if (topic, text) not in today:
        if len(today) >= A_DAY:
            told = _("You have reported {count} things today, and I pass on no more in a day. Send the rest tomorrow.")
            return Draft().say(told.format(count=A_DAY)).offer(_onward(topic)).reply()
        _tell(chat, reports.add(chat.connection, learner.id, topic, text, chat.now))
    about = (
        _("Thank you! Whoever hosts me will see your report on **{title}**:").format(title=chat.topic(topic).title)
        if topic
        else _("Thank you! I know no such topic; whoever hosts me will see that you miss something:")
    )
    return Draft(about=[topic] if topic else []).say(about, quote(text)).offer(_onward(topic)).reply()


def _onward(topic: str) -> list[Button]:
    first = press(_("The card"), "explain", topic) if topic else press(_("The map"), "map")
    return [first, press(_("What next?"), "next")]


def _tell(chat: Chat, number: int) -> None:
    """Has every owner told of a report in their private chat."""
    for platform, account in sorted(chat.owners):
        call = Call.of("reported", number)
        chat.post(Place(platform), call, f"reported {number} {platform} {account}", account)


@command("reported", mark("Shows an owner a report"), "/reported 1", role=Role.HOUSE, hidden=True)
def reported(chat: Chat, number: Annotated[int, Number(1, reports.ALL)]) -> Reply:
    """A report as it reaches an owner; nothing where it is settled or gone, or they host no more."""
    found = reports.find(chat.connection, number)
    if found is None or (chat.ask.account.platform, chat.ask.account.id) not in chat.owners:
        return Reply(())
    draft = Draft().say(_("Somebody reported something:"), _shown(chat, found))
    return draft.offer([_settling(found), press(_("All reports"), "reports")]).reply()


@command("reports", mark("What was reported and is not settled"), role=Role.OWNER, private=True)
def reports_(
    chat: Chat,
    done: Annotated[int | None, Number(1, reports.ALL)] = None,
    before: Annotated[int | None, Number(1, reports.ALL)] = None,
) -> Reply:
    """The open reports, newest first; `done` settles one, `before` goes on with those that are older."""
    draft = Draft()
    if done is not None:
        settled = reports.settle(chat.connection, done)
        told = _("Report {number} is settled.") if settled else _("There is no open report {number}.")
        draft.say(told.format(number=done))
    found = reports.newest(chat.connection, before or reports.ALL, SHOWN + 1)
    shown = found[:SHOWN]
    draft.say(_("## Reports"), *(_shown(chat, each) for each in shown))
    if not shown:
        draft.say(_("No report is open.") if before is None else _("No older report is open."))
    draft.offer(*rows_of(map(_settling, shown), 5))
    more = [press(_("Older ones"), "reports", before=shown[-1].id)] if len(found) > SHOWN else []
    return draft.offer([*more, press(_("Health"), "health")]).reply(slot="reports")


def _settling(of: Report) -> Button:
    return press(_("Settle {number}").format(number=of.id), "reports", done=of.id)


def _shown(chat: Chat, of: Report) -> str:
    """A report in words: its number, what it is about, who sent it and when, and what they wrote."""
    topic = chat.library.content.topics.get(chat.library.search.renamed.get(of.topic, of.topic))
    head = _("**{number}** {about}, from {name} on {platform}, {day}:").format(
        number=of.id,
        about=topic.title if topic else escape(of.topic) or _("something missing"),
        name=escape(of.who),
        platform=escape(of.platform),
        day=of.at.date().isoformat(),
    )
    return f"{head}\n\n{quote(of.text)}"
