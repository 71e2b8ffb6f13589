"""/ask: a question in plain words, answered by passages of the pages."""

from typing import Annotated

from bot import asking
from bot.call import MAX_LINE
from bot.chat import Chat
from bot.command import command
from bot.kinds import FreeText
from bot.language import _, mark
from bot.reply import Draft, Reply, press


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
    if found.sides:
        for topic in topics:
            named = {"title": topic.title}
            explain = press(_("Explain {title}").format(**named), "explain", topic.id)
            draft.offer([explain, press(_("Quiz: {title}").format(**named), "quiz", topic.id)])
    else:
        example = press(_("Example"), "explain", found.topic.id, part="in-practice")
        whole = [press(_("Explain"), "explain", found.topic.id), *([example] if found.topic.complete else [])]
        draft.offer([*whole, press(_("Quiz me"), "quiz", found.topic.id)])
    draft.offer([press(_("Next"), "next")])
    if found.others:
        draft.say(asking.did_you_mean()).offer(*asking.maybe(found.others))
    return draft.reply()
