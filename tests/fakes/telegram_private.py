"""A person's private chat with the bot."""

from tests.fakes.telegram_chats import Chat
from tests.fakes.telegram_members import change
from tests.fakes.telegram_message import Message
from tests.fakes.telegram_model import Json, Poll, User
from tests.fakes.telegram_queries import InlineQuery, Press
from tests.fakes.telegram_refusal import bad, forbidden
from tests.fakes.telegram_text import found
from tests.fakes.telegram_world import PATIENCE, World


class Private(Chat):
    """A private chat; the bot may write once the person has written first, until they block it."""

    kind = "private"

    def __init__(self, world: World, user: User, *, started: bool = False) -> None:
        super().__init__(world, user.id, user.username)
        self.user = user
        self.started = started
        self.blocked = False
        user.met |= started

    @property
    def known(self) -> bool:
        """The bot knows whom it has met anywhere."""
        return self.user.met

    def as_json(self) -> Json:
        """A Chat."""
        made: Json = {"id": self.id, "type": "private", "first_name": self.user.first_name}
        return made | ({"username": self.user.username} if self.user.username else {})

    def writable(self, what: str, thread: int | None) -> None:
        """Refuse to write to whoever is gone, has blocked the bot, or never started it."""
        if self.user.deactivated:
            raise forbidden("user is deactivated")
        if self.user.is_bot:
            raise forbidden("bots can't send messages to bots")
        if self.blocked:
            raise forbidden("bot was blocked by the user")
        if not self.started:
            raise forbidden("bot can't initiate conversation with a user")
        if thread is not None:
            raise bad("message thread not found")

    def hears(self, message: Message) -> bool:
        """The bot is told of everything."""
        return True

    def scopes(self, user: User) -> list[str]:
        """A private chat's scopes."""
        return [f"chat:{self.id}", "all_private_chats", "default"]

    async def says(self, text: str, *, reply_to: Message | None = None) -> Message:
        """The person writes; the first message starts the chat."""
        assert not self.blocked, f"{self.user.first_name} has blocked the bot"
        self.started = True
        message = self.add(self.user, text=text, entities=found(text), reply_to=reply_to)
        self.tell(message)
        return message

    async def starts(self, payload: str = "") -> Message:
        """The person follows the bot's link, with `?start=<payload>`."""
        return await self.says(f"/start {payload}".strip())

    async def sends(self, content: bytes, name: str, caption: str = "") -> Message:
        """The person sends a document."""
        self.started = True
        message = self.add(self.user, text=caption, entities=found(caption), document=self.world.file(content, name))
        self.tell(message)
        return message

    async def shares(self, latitude: float, longitude: float) -> Message:
        """The person shares a place, in degrees."""
        self.started = True
        message = self.add(self.user, location={"latitude": latitude, "longitude": longitude})
        self.tell(message)
        return message

    async def press(
        self, wanted: str, message: Message | None = None, *, wait: float | None = PATIENCE, forged: bool = False
    ) -> Press:
        """The person presses a button: see `Chat.pressed`."""
        return await self.pressed(self.user, wanted, message, wait=wait, forged=forged)

    async def votes(self, *options: int, message: Message | None = None) -> Poll:
        """The person votes: see `Chat.voted`."""
        return await self.voted(self.user, options, message)

    async def asks_inline(self, words: str, offset: str = "", *, wait: float | None = PATIENCE) -> InlineQuery:
        """The person types `@bot words`: see `Chat.inlined`."""
        return await self.inlined(self.user, words, offset, wait=wait)

    async def block(self) -> None:
        """The person blocks the bot."""
        self.blocked = True
        self._changed("member", "kicked")

    async def unblock(self) -> None:
        """The person lets the bot write again."""
        self.blocked = False
        self._changed("kicked", "member")

    def _changed(self, before: str, after: str) -> None:
        told = change(self, self.user, self.world.bot, before, after)
        self.world.updates.put("my_chat_member", told, str(self.id))
