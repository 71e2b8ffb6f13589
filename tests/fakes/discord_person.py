"""A person on Discord, as a test plays them: they write, use commands, press, choose, fill in forms."""

from typing import Any

from tests.fakes.discord_channel import SEND, VIEW, Channel
from tests.fakes.discord_components import walk
from tests.fakes.discord_interaction import AUTOCOMPLETE, COMMAND, COMPONENT, SUBMIT, Interaction
from tests.fakes.discord_message import Message
from tests.fakes.discord_modal import Modal
from tests.fakes.discord_model import Json, Permission, Upload, User
from tests.fakes.discord_offers import offered, owners, written
from tests.fakes.discord_private import Dm
from tests.fakes.discord_sending import MENTION
from tests.fakes.discord_thread import Thread
from tests.fakes.discord_world import PATIENCE, World

STRING_SELECT, USER_SELECT, ROLE_SELECT, CHANNEL_SELECT = 3, 5, 6, 8


class Person(User):
    """Somebody. `installed`: they have added the bot to their account. `closed`: they take no direct messages."""

    def __init__(self, world: World, name: str, *, display: str | None = None, locale: str = "en-US") -> None:
        super().__init__(world.number(), name, display, locale)
        self.world = world
        self.installed = False
        self.closed = False
        world.users[self.id] = self
        self.dm = Dm(world, self)

    @property
    def shares_a_server(self) -> bool:
        """Whether there is a server with both them and the bot."""
        return any(guild.has_bot and self in guild.people for guild in self.world.guilds.values())

    @property
    def takes_dms(self) -> bool:
        """Whether the bot's direct messages reach them."""
        return not self.closed and (self.shares_a_server or self.installed)

    def offered(self, channel: Channel) -> list[str]:
        """The slash commands they see in a place."""
        return [command["name"] for command in offered(self, channel)]

    def _sees(self, channel: Channel) -> None:
        assert not channel.deleted, f"{channel.name} is deleted"
        if channel.guild is not None:
            assert channel.may(self, VIEW), f"{self.name} does not see {channel.name}"
        if isinstance(channel, Dm):
            assert channel is self.dm, f"{channel.name} is not of {self.name}"

    async def says(
        self, channel: Channel, text: str, *, reply_to: Message | None = None, files: tuple[Upload, ...] = ()
    ) -> Message:
        """They write; `@bot` mentions the bot."""
        self._sees(channel)
        assert channel.guild is None or channel.may(self, SEND), f"{self.name} may not write in {channel.name}"
        content = text.replace("@bot", self.world.bot.mention)
        mentioned = [self.world.users[int(user)] for user, _, _ in MENTION.findall(content) if int(user or 0)]
        if reply_to is not None and reply_to.author not in mentioned:
            mentioned.append(reply_to.author)
        kept = [self.world.keep(file) for file in files]
        message = channel.add(self, content=content, reply_to=reply_to, mentioned=mentioned, files=kept)
        channel.tell("MESSAGE_CREATE", message)
        return message

    async def edits(self, message: Message, text: str) -> None:
        """They edit their message."""
        message.content = text
        message.versions += 1
        message.channel.tell("MESSAGE_UPDATE", message)

    async def deletes(self, message: Message) -> None:
        """They delete a message: their own, or as a moderator."""
        leads = message.channel.guild is not None and message.channel.may(self, Permission.MANAGE_MESSAGES)
        assert message.author is self or message.only_for is self or leads, f"{self.name} may not delete this"
        message.channel.said_deleted(message)

    def starts_thread(self, channel: Channel, name: str) -> Thread:
        """They start a thread without a message."""
        self._sees(channel)
        thread = Thread(channel, name, self)
        thread.changed("THREAD_CREATE")
        return thread

    async def slash(
        self, channel: Channel, name: str, /, *, wait: float | None = PATIENCE, **words: Any
    ) -> Interaction:
        """They use a slash command; waits until there is something to see (`wait` None: not at all).

        Words are checked against the declaration as a client checks them: AssertionError.
        """
        self._sees(channel)
        return await self._happens(COMMAND, channel, written(self, channel, name, words), wait)

    async def autocomplete(self, channel: Channel, name: str, /, **words: Any) -> list[tuple[str, Any]]:
        """What is suggested, as (name, value), while they type the last of `words`."""
        self._sees(channel)
        data = written(self, channel, name, words, focused=list(words)[-1])
        made = await self._happens(AUTOCOMPLETE, channel, data, PATIENCE)
        assert made.choices is not None
        return [(choice["name"], choice["value"]) for choice in made.choices]

    async def press(
        self,
        wanted: str,
        where: Message | Channel,
        *,
        wait: float | None = PATIENCE,
        forged: bool = False,
    ) -> Interaction:
        """They press the button of that label, emoji or custom_id: of a message, or the last one of a channel with it.

        `forged`: `wanted` is sent as the custom_id, button or not.
        """
        message = self._find(where, lambda message: forged or message.button(wanted) is not None, wanted)
        button = message.button(wanted)
        assert forged or button is not None, f"no button {wanted!r} among {message.buttons}"
        custom_id = wanted if forged or button is None else button.custom_id
        assert custom_id, f"{wanted!r} is a link"
        assert button is None or forged or not button.disabled, f"{wanted!r} is disabled"
        inside = (part["id"] for part in walk(message.components) if part.get("custom_id") == custom_id)
        data = {"component_type": 2, "custom_id": custom_id, "id": next(inside, 1)}
        return await self._happens(COMPONENT, message.channel, data, wait, message)

    async def selects(self, where: Message | Channel, *values: Any, wait: float | None = PATIENCE) -> Interaction:
        """They choose in the menu that offers these values (or labels; or users, roles, channels)."""
        words = [value if isinstance(value, str) else str(value.id) for value in values]
        message = self._find(where, lambda message: message.select(words[0] if words else "") is not None, str(words))
        menu = message.select(words[0]) if words else message.selects[0]
        assert menu is not None, f"no menu offers {words}"
        assert not menu.get("disabled"), "the menu is disabled"
        meant = {option["label"]: option["value"] for option in menu.get("options") or []}
        low = 1 if menu.get("min_values") is None else menu["min_values"]
        assert low <= len(words) <= (menu.get("max_values") or 1), f"{words} are not {low} to {menu.get('max_values')}"
        data: Json = {"component_type": menu["type"], "custom_id": menu["custom_id"], "id": menu.get("id", 1)}
        data["values"] = [meant.get(word, word) for word in words]
        if menu["type"] != STRING_SELECT:
            data["resolved"] = _resolved(menu["type"], values)
        return await self._happens(COMPONENT, message.channel, data, wait, message)

    async def submits(
        self, shown: Interaction | Modal, /, *, wait: float | None = PATIENCE, **words: str | list[str]
    ) -> Interaction:
        """They fill in a form and send it; words by the fields' custom_id or label (a form of one field: by any)."""
        modal = shown if isinstance(shown, Modal) else shown.modal
        assert modal is not None, "no form was shown"
        opened = modal.shown_by
        assert opened.who is self, f"the form was shown to {opened.who.name}"
        return await self._happens(SUBMIT, opened.channel, modal.submitted(words), wait, opened.source)

    def _find(self, where: Message | Channel, fits: Any, wanted: str) -> Message:
        if isinstance(where, Message):
            found = where
        else:
            seen = [message for message in reversed(where.seen_by(self)) if fits(message)]
            assert seen, f"nothing with {wanted!r} in {where.name}: {[m.buttons for m in where.seen_by(self)[-5:]]}"
            found = seen[0]
        self._sees(found.channel)
        assert found.seen_by(self), f"{self.name} does not see this message"
        return found

    async def _happens(
        self, kind: int, channel: Channel, data: Json, wait: float | None, source: Message | None = None
    ) -> Interaction:
        made = Interaction(kind, self, channel, data, owners=owners(self, channel), source=source)
        self.world.gateway.emit("INTERACTION_CREATE", made.as_json(), 0, channel.guild)
        if wait is not None:
            await made.settle(wait)
        return made


def _resolved(kind: int, values: tuple[Any, ...]) -> Json:
    key = {USER_SELECT: "users", ROLE_SELECT: "roles", CHANNEL_SELECT: "channels"}.get(kind, "users")
    return {
        key: {str(value.id): value.as_json() | ({"permissions": "0"} if key == "channels" else {}) for value in values}
    }
