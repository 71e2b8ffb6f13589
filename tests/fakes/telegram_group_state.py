"""A group as it is: members, topics, and the rules of who hears what and may write where."""

import itertools
from dataclasses import dataclass

from tests.fakes.telegram_chats import Chat
from tests.fakes.telegram_members import member
from tests.fakes.telegram_message import Message
from tests.fakes.telegram_model import Json, User
from tests.fakes.telegram_refusal import Refusal, bad, forbidden
from tests.fakes.telegram_world import World

NOT_THERE = {"left": "bot is not a member of the {} chat", "kicked": "bot was kicked from the {} chat"}


@dataclass
class Topic:
    """A topic of a forum."""

    id: int
    name: str
    closed: bool = False
    deleted: bool = False


class GroupState(Chat):
    """A group. The bot's own state is `status`: left, member, administrator, restricted (may not write) or kicked."""

    def __init__(self, world: World, title: str, *, supergroup: bool = False, forum: bool = False) -> None:
        self.kind = "supergroup" if supergroup or forum else "group"
        number = world.number()
        super().__init__(world, -1000000000000 - number if self.kind == "supergroup" else -number)
        self.title = title
        self.forum = forum
        self.members: dict[int, str] = {}
        self.topics: dict[int, Topic] = {}
        self.moved_to: GroupState | None = None
        self._numbers = itertools.count(1)

    @property
    def known(self) -> bool:
        """The bot knows where it has been."""
        return self.world.bot.id in self.members

    @property
    def status(self) -> str:
        """What the bot is here."""
        return self.members.get(self.world.bot.id, "left")

    def as_json(self) -> Json:
        """A Chat."""
        made: Json = {"id": self.id, "type": self.kind, "title": self.title}
        return made | ({"is_forum": True} if self.forum else {})

    def reachable(self) -> None:
        """Refuse a group that has moved, and one where the bot is not."""
        if self.moved_to is not None:
            why = "Bad Request: group chat was upgraded to a supergroup chat"
            raise Refusal(400, why, migrate_to=self.moved_to.id)
        if (why := NOT_THERE.get(self.status, "")) != "":
            raise forbidden(why.format(self.kind))

    def writable(self, what: str, thread: int | None) -> None:
        """Refuse where the bot may not write, and topics that are not or no longer there."""
        self.reachable()
        if self.status == "restricted":
            raise bad(f"not enough rights to send {what} to the chat")
        if thread is None or not self.forum:
            return
        topic = self.topics.get(thread)
        if topic is None or topic.deleted:
            raise bad("message thread not found")
        if topic.closed and self.status != "administrator":
            raise bad("TOPIC_CLOSED")

    def next_id(self) -> int:
        """A supergroup counts its own messages."""
        return next(self._numbers) if self.kind == "supergroup" else super().next_id()

    def hears(self, message: Message) -> bool:
        """The rules of privacy mode; other bots are never heard."""
        if NOT_THERE.get(self.status) or (message.sender.is_bot and message.sender_chat is None):
            return False
        if not self.world.privacy or self.status == "administrator" or message.service or message.via_bot:
            return True
        if message.reply_to is not None and message.reply_to.sender is self.world.bot:
            return True
        return any(self._addressed(message, mark) for mark in message.entities)

    def _addressed(self, message: Message, mark: Json) -> bool:
        words = message.text.encode("utf-16-le")[mark["offset"] * 2 : (mark["offset"] + mark["length"]) * 2]
        text = words.decode("utf-16-le").lower()
        if mark["type"] == "bot_command" and "@" not in text:
            return True
        return mark["type"] in ("bot_command", "mention") and text.endswith(f"@{self.world.bot.username}".lower())

    def scopes(self, user: User) -> list[str]:
        """A group's scopes, administrators' first."""
        leads = self.members.get(user.id) in ("creator", "administrator")
        admins = [f"chat_administrators:{self.id}"] if leads else []
        all_admins = ["all_chat_administrators"] if leads else []
        mine = [f"chat_member:{self.id}:{user.id}"]
        return [*mine, *admins, f"chat:{self.id}", *all_admins, "all_group_chats", "default"]

    def member_json(self, user: User) -> Json:
        """A ChatMember."""
        return member(user, self.members.get(user.id, "left"))

    @property
    def owner(self) -> User:
        """Whoever made the group; made up when nobody has."""
        found = next((number for number, status in self.members.items() if status == "creator"), None)
        if found is None:
            found = self.world.user("Owner").id
            self.members[found] = "creator"
        return self.world.users[found]

    def announce(self, who: User, **service: object) -> None:
        self.tell(self.add(who, service=service))

    def topic(self, name: str, by: User | None = None) -> int:
        """Somebody opens a topic: its message_thread_id."""
        assert self.forum, "only a forum has topics"
        message = self.add(by or self.owner, service={"forum_topic_created": {"name": name, "icon_color": 7322096}})
        message.thread = message.id
        self.topics[message.id] = Topic(message.id, name)
        if by is not self.world.bot:
            self.tell(message)
        return message.id

    def close_topic(self, thread: int) -> None:
        """Somebody closes a topic: only administrators write there."""
        self.topics[thread].closed = True

    def delete_topic(self, thread: int) -> None:
        """Somebody deletes a topic with all that is in it."""
        self.topics[thread].deleted = True
        for message in self.log.values():
            message.deleted |= message.thread == thread
