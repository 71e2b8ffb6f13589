"""A group, a supergroup or a forum, and what its people do: join, write, press, vote, move to a supergroup."""

from tests.fakes.telegram_group_state import GroupState
from tests.fakes.telegram_members import change
from tests.fakes.telegram_message import Message
from tests.fakes.telegram_model import Channel, Poll, User
from tests.fakes.telegram_queries import InlineQuery, Press
from tests.fakes.telegram_text import found
from tests.fakes.telegram_world import ANONYMOUS, AS_CHANNEL, FORWARDER, PATIENCE


class Group(GroupState):
    """A group that a test drives."""

    def join(self, user: User, status: str = "member") -> None:
        """Somebody joins or becomes something else, and the group says nothing.

        `status`: creator, administrator, member, restricted, absent (restricted, and no member), left, kicked.
        """
        before, self.members[user.id] = self.members.get(user.id, "left"), status
        if self.status == "administrator" and user is not self.world.bot:
            self.world.updates.put("chat_member", change(self, user, user, before, status), str(self.id))

    def enter(self, *people: User) -> None:
        """People join, and the group says so."""
        for person in people:
            self.join(person)
        self.announce(people[0], new_chat_members=[person.as_json() for person in people])

    def quit(self, person: User, status: str = "left") -> None:
        """Somebody leaves, or is thrown out (kicked), and the group says so."""
        self.join(person, status)
        self.announce(person if status == "left" else self.owner, left_chat_member=person.as_json())

    async def add_bot(self, by: User | None = None, *, admin: bool = False, start: str | None = None) -> None:
        """The bot is added, by `by` (else by the owner); `start`: by a link with `?startgroup=<start>`."""
        await self._bot_becomes("administrator" if admin else "member", by)
        self.announce(by or self.owner, new_chat_members=[self.world.bot.as_json()])
        if start is not None:
            await self.says(by or self.owner, f"/start@{self.world.bot.username} {start}".strip())

    async def kick_bot(self, by: User | None = None) -> None:
        """The bot is thrown out."""
        if self.kind == "group":
            self.announce(by or self.owner, left_chat_member=self.world.bot.as_json())
        await self._bot_becomes("kicked", by)

    async def promote_bot(self, by: User | None = None) -> None:
        """The bot becomes administrator."""
        await self._bot_becomes("administrator", by)

    async def mute_bot(self, by: User | None = None) -> None:
        """The bot may no longer write; `unmute_bot` and `promote_bot` end it."""
        await self._bot_becomes("restricted", by)

    async def unmute_bot(self, by: User | None = None) -> None:
        """The bot is an ordinary member."""
        await self._bot_becomes("member", by)

    async def _bot_becomes(self, status: str, by: User | None) -> None:
        bot, before = self.world.bot, self.status
        who = by or self.owner
        who.met = True
        self.members[bot.id] = status
        self.world.updates.put("my_chat_member", change(self, who, bot, before, status), str(self.id))

    async def upgrade(self) -> "Group":
        """The group becomes a supergroup with another id; both chats say so."""
        assert (self.kind, self.moved_to) == ("group", None), "only a group can be upgraded"
        new = Group(self.world, self.title, supergroup=True)
        new.members = dict(self.members)
        self.announce(self.owner, migrate_to_chat_id=new.id)
        self.moved_to = new
        moved = {"migrate_from_chat_id": self.id}
        new.tell(new.add(ANONYMOUS, sender_chat=new.as_json(), service=moved))
        return new

    async def says(
        self,
        who: User | Channel,
        text: str,
        *,
        thread: int | None = None,
        reply_to: Message | None = None,
        anonymous: bool = False,
        forwarded: bool = False,
        reach: bool | None = None,
    ) -> Message:
        """Somebody writes. `anonymous`: as administrator, in the group's name. A Channel: under its identity, or
        `forwarded` as its post. `reach`: whether the bot is told, against the rules of privacy mode."""
        assert self.moved_to is None, "the group has moved"
        sender, sender_chat = (who, None) if isinstance(who, User) else (AS_CHANNEL, who.as_json())
        if isinstance(who, User) and not anonymous:
            self.members.setdefault(who.id, "member")
        if anonymous:
            sender, sender_chat = ANONYMOUS, self.as_json()
        message = self.add(
            FORWARDER if forwarded else sender,
            sender_chat=sender_chat,
            text=text,
            entities=found(text),
            thread=thread if self.forum else None,
            reply_to=reply_to,
            service={"is_automatic_forward": True} if forwarded else {},
        )
        self.tell(message, reach=reach)
        return message

    async def press(
        self,
        who: User,
        wanted: str,
        message: Message | None = None,
        *,
        wait: float | None = PATIENCE,
        forged: bool = False,
    ) -> Press:
        """Somebody presses a button: see `Chat.pressed`."""
        return await self.pressed(who, wanted, message, wait=wait, forged=forged)

    async def votes(self, who: User, *options: int, message: Message | None = None) -> Poll:
        """Somebody votes: see `Chat.voted`."""
        return await self.voted(who, options, message)

    async def asks_inline(
        self, who: User, words: str, offset: str = "", *, wait: float | None = PATIENCE
    ) -> InlineQuery:
        """Somebody types `@bot words`: see `Chat.inlined`."""
        return await self.inlined(who, words, offset, wait=wait)
