"""The routes about messages in a channel."""

from tests.fakes.discord_facts import facts
from tests.fakes.discord_message import Message
from tests.fakes.discord_model import EPHEMERAL, Json, Permission
from tests.fakes.discord_refusal import Refusal, archived, invalid, missing_permissions
from tests.fakes.discord_sending import answered, check_permissions, create, edit
from tests.fakes.discord_thread import Thread
from tests.fakes.discord_world import Asked, World

NONCE_KEPT = 300.0  # seconds in which the same nonce is the same message


def send(world: World, asked: Asked) -> Json:
    """POST /channels/{channel_id}/messages."""
    channel, body = world.channel(asked.id("channel_id")), asked.body
    channel.reachable()
    facts().check("Message", body)
    check_permissions(channel, body, asked.files)
    if (body.get("flags") or 0) & EPHEMERAL:
        raise invalid("flags", "only the answer to an interaction can be ephemeral")
    if body.get("enforce_nonce") and body.get("nonce") is None:
        raise invalid("nonce", "enforce_nonce without a nonce")
    if body.get("enforce_nonce") and (before := _same(world, channel.log, body["nonce"])):
        return before.as_json()
    message = create(world, channel, body, asked.files, reply_to=answered(channel, body), nonce=body.get("nonce"))
    channel.tell("MESSAGE_CREATE", message)
    return message.as_json()


def _same(world: World, log: dict[int, Message], nonce: str | int) -> Message | None:
    fresh = (message for message in reversed(log.values()) if world.clock() - message.at < NONCE_KEPT)
    return next((found for found in fresh if found.nonce == nonce and found.author is world.bot), None)


def _message(world: World, asked: Asked, *more: Permission) -> Message:
    channel = world.channel(asked.id("channel_id"))
    channel.reachable()
    if channel.guild is not None and not channel.may(world.bot, Permission.READ_MESSAGE_HISTORY, *more):
        raise missing_permissions()
    return channel.message(asked.id("message_id"))


def fetch(world: World, asked: Asked) -> Json:
    """GET /channels/{channel_id}/messages/{message_id}."""
    return _message(world, asked).as_json()


def history(world: World, asked: Asked) -> list[Json]:
    """GET /channels/{channel_id}/messages."""
    channel = world.channel(asked.id("channel_id"))
    channel.reachable()
    if channel.guild is not None and not channel.may(world.bot, Permission.READ_MESSAGE_HISTORY):
        return []
    before, after = int(asked.query.get("before", 1 << 64)), int(asked.query.get("after", 0))
    found = [message for message in channel.messages if after < message.id < before]
    newest = found[: int(asked.query.get("limit", 50))] if after else found[-int(asked.query.get("limit", 50)) :]
    return [message.as_json() for message in reversed(newest)]


def change(world: World, asked: Asked) -> Json:
    """PATCH /channels/{channel_id}/messages/{message_id}."""
    message = _channel_message(world, asked)
    facts().check("MessageEdit", asked.body)
    if message.author is not world.bot:
        raise Refusal(403, 50005, "Cannot edit a message authored by another user")
    if isinstance(message.channel, Thread) and message.channel.archived:
        raise archived()
    return edit(world, message, asked.body, asked.files).as_json()


def _channel_message(world: World, asked: Asked) -> Message:
    channel = world.channel(asked.id("channel_id"))
    channel.reachable()
    return channel.message(asked.id("message_id"))


def delete(world: World, asked: Asked) -> None:
    """DELETE /channels/{channel_id}/messages/{message_id}."""
    message = _channel_message(world, asked)
    channel = message.channel
    if message.author is not world.bot:
        if channel.guild is None:
            raise Refusal(403, 50003, "Cannot execute action on a DM channel")
        if not channel.may(world.bot, Permission.MANAGE_MESSAGES):
            raise missing_permissions()
    if isinstance(channel, Thread) and channel.archived:
        raise archived()
    channel.said_deleted(message)


def typing(world: World, asked: Asked) -> None:
    """POST /channels/{channel_id}/typing."""
    channel = world.channel(asked.id("channel_id"))
    channel.writable()
    channel.typed += 1


ROUTES = {
    "POST /channels/{channel_id}/messages": send,
    "GET /channels/{channel_id}/messages": history,
    "GET /channels/{channel_id}/messages/{message_id}": fetch,
    "PATCH /channels/{channel_id}/messages/{message_id}": change,
    "DELETE /channels/{channel_id}/messages/{message_id}": delete,
    "POST /channels/{channel_id}/typing": typing,
}
