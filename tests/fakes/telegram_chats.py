"""What private chats and groups have in common: messages as they are shown, presses, votes, the rules for sending."""

import asyncio
from typing import Any

from tests.fakes.telegram_message import Message
from tests.fakes.telegram_model import Button, Json, Poll, User
from tests.fakes.telegram_queries import InlineQuery, Press
from tests.fakes.telegram_refusal import bad
from tests.fakes.telegram_world import PATIENCE, World


class Chat:
    """A chat as its people see it. `messages` is what is shown now; `actions` what the bot said it was doing."""

    kind = "private"

    def __init__(self, world: World, chat_id: int, username: str | None = None) -> None:
        self.world = world
        self.id = chat_id
        self.username = username
        self.log: dict[int, Message] = {}
        self.actions: list[str] = []
        self._sent: list[Message] = []  # by the bot, in order
        self._edited: list[Message] = []
        self._read = 0
        self._edits_read = 0
        world.chats[chat_id] = self

    @property
    def known(self) -> bool:
        """Whether the chat's id means anything to the bot."""
        return True

    @property
    def messages(self) -> list[Message]:
        """What is shown now, by whomever; edits applied, deleted ones gone."""
        return [message for message in self.log.values() if not message.deleted]

    @property
    def sent(self) -> list[Message]:
        """What is shown now of the bot's."""
        return [message for message in self._sent if not message.deleted]

    def as_json(self) -> Json:
        """A Chat."""
        raise NotImplementedError

    def writable(self, what: str, thread: int | None) -> None:
        """Refuse what the bot may not send here. `what`: `text messages`, `photos`, `documents`, `polls`."""
        raise NotImplementedError

    def hears(self, message: Message) -> bool:
        """Whether the bot is told of a message."""
        raise NotImplementedError

    def scopes(self, user: User) -> list[str]:
        """The scopes of command menus that apply to somebody here, the narrowest first."""
        raise NotImplementedError

    def next_id(self) -> int:
        """The number of the next message; outside supergroups the bot counts through all chats."""
        return next(self.world.numbers)

    def message(self, message_id: int, purpose: str) -> Message:
        """The message of that number, or the refusal: `message to edit not found`."""
        found = self.log.get(message_id)
        if found is None or found.deleted:
            raise bad(f"{purpose} not found")
        return found

    def add(self, sender: User, **content: Any) -> Message:
        """Put a message into the chat; the bot is not told."""
        message = Message(self, self.next_id(), self.world.now(), sender, **content)
        self.log[message.id] = message
        if sender is self.world.bot and not message.service:
            self._sent.append(message)
        return message

    def tell(self, message: Message, kind: str = "message", *, reach: bool | None = None) -> None:
        """Tell the bot of a message, if it hears it; `reach` decides instead."""
        message.delivered = self.hears(message) if reach is None else reach
        if message.delivered:
            message.sender.met = True
            self.world.updates.put(kind, message.as_json(), str(self.id))

    def was_edited(self, message: Message) -> None:
        """The bot changed a message."""
        message.versions += 1
        self._edited.append(message)

    async def next(self, within: float = PATIENCE) -> Message:
        """The bot's next message here, in order, one for each call."""
        found = await self.world.until(
            lambda: self._sent[self._read : self._read + 1], within=within, what=f"a message in {self.id}"
        )
        self._read += 1
        return found[0]

    async def next_edit(self, within: float = PATIENCE) -> Message:
        """The message which the bot edits next, one for each call and edit."""
        found = await self.world.until(
            lambda: self._edited[self._edits_read : self._edits_read + 1], within=within, what=f"an edit in {self.id}"
        )
        self._edits_read += 1
        return found[0]

    async def silent(self, seconds: float = 0.2) -> None:
        """Assert that nothing new comes from the bot for so long."""
        await asyncio.sleep(seconds)
        assert not (new := self._sent[self._read :]), f"the bot spoke: {[message.text for message in new]}"

    def deletes(self, message: Message) -> None:
        """A person deletes a message; bots are not told."""
        message.deleted = True

    async def edits(self, message: Message, text: str) -> None:
        """A person edits their message."""
        message.text = text
        message.versions += 1
        self.tell(message, "edited_message")

    async def pressed(
        self,
        who: User,
        wanted: str,
        message: Message | None = None,
        *,
        wait: float | None = PATIENCE,
        forged: bool = False,
    ) -> Press:
        """A press by `who` on the button of that text or data: on `message`, else on the last that has it.

        Waits for the answer for `wait` seconds (None: not at all). `forged`: `wanted` is sent as data, button or not.
        """
        if message is None:
            message = next((shown for shown in reversed(self.messages) if forged or shown.button(wanted)), None)
        assert message is not None, f"no button {wanted!r} among {[shown.buttons for shown in self.messages[-5:]]}"
        button = Button(wanted, data=wanted) if forged else message.button(wanted)
        assert button is not None, f"no button {wanted!r} in {message.buttons}"
        assert button.data is not None, f"{wanted!r} sends no press: {button}"
        press = Press(self.world, f"press{self.world.number()}", who, button=button)
        self.world.presses[press.id] = press
        who.met = True
        query: Json = {"id": press.id, "from": who.as_json(), "chat_instance": str(self.id), "data": button.data}
        if message.inline_id is not None:
            query["inline_message_id"] = message.inline_id
        elif message.deleted:
            query["message"] = {"chat": self.as_json(), "message_id": message.id, "date": 0}
        else:
            query["message"] = message.as_json()
        self.world.updates.put("callback_query", query, str(self.id))
        return press if wait is None else await press.answer(wait)

    async def voted(self, who: User, options: tuple[int, ...], message: Message | None = None) -> Poll:
        """A vote by `who` in the poll of `message`, else in the last open one; no options: the vote is taken back."""
        polls = [shown.poll for shown in self.messages if shown.poll is not None and not shown.poll.closed]
        poll = message.poll if message is not None else polls[-1] if polls else None
        assert poll is not None, "no open poll here"
        assert not poll.closed, "the poll is closed"
        assert poll.revoting or who.id not in poll.votes, "this vote cannot be changed"
        if options:
            poll.votes[who.id] = options
        else:
            poll.votes.pop(who.id, None)
        self.world.updates.put("poll", poll.as_json(), poll.id)
        if not poll.anonymous:
            answer = {"poll_id": poll.id, "user": who.as_json(), "option_ids": list(options)}
            answer["option_persistent_ids"] = [f"o{option}" for option in options]
            self.world.updates.put("poll_answer", answer, poll.id)
        return poll

    async def inlined(self, who: User, words: str, offset: str = "", *, wait: float | None = PATIENCE) -> InlineQuery:
        """Somebody types the bot's name and `words` here; waits for the results (`wait` None: not)."""
        query = InlineQuery(self.world, f"inline{self.world.number()}", who, query=words)
        self.world.inline_queries[query.id] = query
        sent = {"id": query.id, "from": who.as_json(), "query": words, "offset": offset, "chat_type": self.kind}
        self.world.updates.put("inline_query", sent, str(who.id))
        return query if wait is None else await query.answer(wait)
