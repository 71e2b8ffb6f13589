"""/ask: a question in plain words, answered by passages of the pages."""

from typing import Annotated

from bot import asking
from bot.call import MAX_LINE
from bot.chat import Chat
from bot.command import command
from bot.kinds import FreeText
from bot.language import _, mark
from bot.reply import Button, Draft, Reply, press
from bot.roadmap.model import Topic


@command(
    "ask",
    mark("Answers a question from the pages, the topic named or only described"),
    "/ask why does my app send one query per row",
)
def ask(chat: Chat, question: Annotated[str, FreeText(MAX_LINE)]) -> Reply:
    """The passages that answer, each with its topic; of two things that are compared both sides."""
    found = chat.library.search.find(question)
    if found.topic is None:
        return asking.not_meant(question, found)
    topics = found.sides or (found.topic,)
    told = asking.compared(*found.sides) if found.sides else asking.answered(chat, question, found)
    draft = Draft(about=[topic.id for topic in topics]).say(told)
    rows = [_aside(topic) for topic in found.sides] or [_onward(found.topic)]
    draft.offer(*rows, [press(_("Next"), "next")])
    if found.others:
        draft.say(asking.did_you_mean()).offer(*asking.maybe(found.others))
    return draft.reply()


def _onward(topic: Topic) -> list[Button]:
    example = [press(_("Example"), "explain", topic.id, part="in-practice")] if topic.complete else []
    return [press(_("Explain"), "explain", topic.id), *example, press(_("Quiz me"), "quiz", topic.id)]


def _aside(topic: Topic) -> list[Button]:
    """The same for one of two, by its name."""
    explain = press(_("Explain {title}").format(title=topic.title), "explain", topic.id)
    return [explain, press(_("Quiz: {title}").format(title=topic.title), "quiz", topic.id)]
