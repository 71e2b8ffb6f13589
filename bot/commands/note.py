"""/note: the learner's own words on a topic's card."""

from typing import Annotated

from bot.chat import Chat
from bot.command import command
from bot.kinds import FreeText, TopicName
from bot.language import _, mark
from bot.markup import quote
from bot.reply import Draft, Reply, press
from bot.roadmap.model import Topic
from bot.store import notes

LONGEST = 1000
"""Characters of a note: with the card around it, it still fits a message."""


@command("note", mark("Keeps your own note on a topic's card"), "/note caching ask about TTLs", private=True)
def note(chat: Chat, topic: Annotated[Topic, TopicName(recent=True)], text: Annotated[str, FreeText(LONGEST)]) -> Reply:
    """Keeps a note in place of the one before; a lone "-" removes it."""
    draft = Draft(about=[topic.id])
    if text == "-":
        notes.drop(chat.connection, chat.learner.id, topic.id)
        draft.say(_("Your note on **{title}** is removed.").format(title=topic.title))
    else:
        notes.write(chat.connection, chat.learner.id, topic.id, text, chat.now)
        draft.say(_("Your note on **{title}** is kept:").format(title=topic.title), quote(text))
        draft.say(_("`/note {topic} -` removes it.").format(topic=topic.id))
    return draft.offer([press(_("The card"), "explain", topic.id), press(_("Next"), "next")]).reply()
