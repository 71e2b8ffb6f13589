"""The one path: an Ask comes in, its command is found, allowed, given its words and run, and a Reply goes out."""

import asyncio
import logging
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from sqlalchemy import Connection

from bot.ask import Ask, Role, clean, is_blank
from bot.call import MAX_LINE, Call, Word
from bot.chat import Chat
from bot.command import Command, Param, Where
from bot.kinds import Choice, Unclear, nearest
from bot.language import _, speaking
from bot.library import Library
from bot.markup import escape, shorten
from bot.planning.plan import BATCH, SPREAD, plan
from bot.reply import Button, Draft, Reply, press, rows_of
from bot.store import groups, learners, zone_rules
from bot.store.database import Database, Unavailable
from bot.words import bind, spoken
from bot.zone_files import rules

log = logging.getLogger(__name__)

FREE_TEXT = "ask"
"""The command that words without a slash mean."""


class Engine:
    """Answers Asks. `owners`: (platform, id) of the accounts that host this Cairn."""

    def __init__(self, database: Database, library: Library, owners: frozenset[tuple[str, str]] = frozenset()) -> None:
        self.database = database
        self.library = library
        self.owners = owners

    async def answer(self, ask: Ask) -> Reply | None:
        """The reply to an ask; None only where nothing was said. It raises nothing: whatever fails is told in words."""
        if is_blank(ask.text):
            return None
        with speaking(ask.language):
            if len(ask.text) > MAX_LINE:
                return _said(_("That is too long for me: {limit} characters at most.").format(limit=MAX_LINE))
        try:
            return await self.fresh(ask)
        except Unclear as error:
            return _said(str(error))
        except Unavailable as error:
            log.error("the database failed: %s", error)
            told = _("Cairn cannot reach its memory just now, so nothing was changed. Please send that again later.")
        except Exception:
            log.exception("a command failed")
            told = _(
                "Something went wrong here; it has been noted, and nothing was changed. Please try something else."
            )
        return _said(told)

    async def fresh(self, ask: Ask) -> Reply | None:
        """The reply to what the clock says; whatever fails is raised, so that it is tried again and never told."""
        reply = await self.database.run(lambda connection: self._answer(ask, connection))
        return reply if reply.blocks else None

    async def suggest(self, ask: Ask) -> list[Choice]:
        """Completions of the last word of the ask's text, best first."""
        from bot.completion import complete

        return await asyncio.to_thread(complete, clean(ask.text[:MAX_LINE]), self.library)

    async def plan(self, now: datetime, spread: timedelta = SPREAD) -> int:
        """Makes rows of the outbox of all that is due, spread over a time; how many there are."""
        rows = 0
        while True:
            done = await self.database.run(lambda connection: plan(connection, self.library, now, spread))
            rows += done.rows
            if done.due < BATCH:
                return rows

    async def new_rules(self, now: datetime) -> int:
        """Counts anew what lies ahead where a zone's rules have changed; how many series that were."""
        zones = await self.database.run(lambda connection: zone_rules.changed(connection, rules))
        counted = 0
        for zone in zones:
            anew = partial(zone_rules.count_anew, zone=zone, mark=rules(zone), now=now)
            counted += await self.database.run(anew)
        return counted

    def _role(self, ask: Ask) -> Role:
        owner = (ask.account.platform, ask.account.id) in self.owners
        return max(ask.role, Role.OWNER) if owner else ask.role

    def _answer(self, ask: Ask, connection: Connection) -> Reply:
        with speaking(ask.language):
            house = ask.role is Role.HOUSE
            learner = learners.arrive(connection, ask.account, ask.now, meet=not house)
            if ask.place.private:
                group = None
            elif house:
                group = groups.find(connection, ask.place)
            else:
                group = groups.arrive(connection, ask.place, learner.id, ask.account.id, ask.now)
            return answer(Chat(ask, self._role(ask), self.library, connection, learner, group, self.owners))


def answer(chat: Chat) -> Reply:
    """Finds the command of the chat's ask, reads its words, runs it."""
    text = clean(chat.ask.text).strip()
    line = text if text.startswith("/") else _free(text, chat.library).line
    name = Call.parse(line).name
    command = chat.library.commands.get(name.casefold())
    if command is None or (command.role is Role.HOUSE and chat.role < Role.HOUSE):
        return _unknown(name, line[len(name) + 1 :].strip(), chat.library)
    if refusal := _refusal(command, chat):
        return refusal
    call = Call.parse(line, command.keys(chat.library))
    bound = bind(command, call, chat.library, {param.name: param.kind.recall(chat) for param in command.params})
    if bound.excess:
        return _too_many(command, bound.excess)
    missing = next((param for param in command.params if param.required and not bound.texts.get(param.name)), None)
    if missing:
        return _wanted(command, missing, bound.texts, chat)
    values: dict[str, Any] = {}
    for key, text in bound.texts.items():
        kind = next((param.kind for param in command.params if param.name == key), command.more)
        assert kind is not None
        try:
            values[key] = kind.read(text, chat.library)
        except Unclear as error:
            return _unread(command, key, bound.texts, error)
    reply = command.run(chat, **values)
    if not command.aside:
        chat.talked_about(reply.about)
    return replace(reply, private=command.private or reply.private)


def _free(text: str, library: Library) -> Call:
    """What words without a slash say: a command by its bare name, else a question, whatever signs are in it."""
    name = text.casefold()
    return Call(name) if name in library.menu else Call.of(FREE_TEXT, text)


def _said(text: str) -> Reply:
    return Draft().say(text).reply()


def _unknown(name: str, rest: str, library: Library) -> Reply:
    names = nearest(name, library.menu)
    told = _("There is no command “/{name}”. Did you mean one of these?").format(name=escape(shorten(name, 40)))
    buttons = [Button(f"/{near}", f"/{near} {rest}".strip() if len(rest) < 40 else f"/{near}") for near in names]
    return Draft().say(told).offer(*rows_of(buttons, 3)).reply()


def _refusal(command: Command, chat: Chat) -> Reply | None:
    if command.where is Where.GROUP and chat.place.private:
        return _refused(_("/{name} works in a group: send it there.").format(name=command.name))
    if command.where is Where.PRIVATE and not chat.place.private:
        return _refused(_("/{name} works in your private chat with me: send it there.").format(name=command.name))
    if chat.role < command.role:
        who = _("administrators of this group") if command.role is Role.ADMIN else _("whoever hosts this Cairn")
        return _refused(_("/{name} is for {who}.").format(name=command.name, who=who))
    return None


def _refused(told: str) -> Reply:
    return replace(Draft().say(told).offer([press(_("Every command"), "help")]).reply(), private=True)


def _too_many(command: Command, excess: tuple[Word, ...]) -> Reply:
    told = _("I could not place “{word}” there. It is written so: `{usage}`").format(
        word=escape(shorten(excess[0].text, 40)), usage=command.usage
    )
    return Draft().say(told).offer([Button(command.example, command.example)]).reply()


def _wanted(command: Command, missing: Param, texts: Mapping[str, str], chat: Chat) -> Reply:
    """Asks once for a word that is missing: by buttons where it is a choice, else by a button that asks for it."""
    choices = missing.kind.offer(chat)
    told = _("Which {word}? It is written so: `{usage}`, for example `{example}`.").format(
        word=missing.name, usage=command.usage, example=command.example
    )
    buttons = [Button(each.label, spoken(command, {**texts, missing.name: each.value}).line) for each in choices]
    given = {key: text for key, text in texts.items() if text}
    wanted = tuple(param.name for param in command.params if param.required and not texts.get(param.name))
    if not choices:
        buttons = [Button(_("Write it"), spoken(command, given).line, fill=wanted)]
    return replace(Draft().say(told).offer(*rows_of(buttons)).reply(), private=command.private)


def _unread(command: Command, key: str, texts: Mapping[str, str], error: Unclear) -> Reply:
    buttons = [Button(near.label, spoken(command, {**texts, key: near.value}).line) for near in error.near]
    return replace(Draft().say(str(error)).offer(*rows_of(buttons), error.more).reply(), private=command.private)
