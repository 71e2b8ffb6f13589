"""Making a message out of a request's body, and changing one: files, replies, mentions, what is refused."""

import re
from collections.abc import Mapping
from mimetypes import guess_type
from typing import Any

from tests.fakes.discord_channel import Channel
from tests.fakes.discord_components import texts
from tests.fakes.discord_message import Message, numbered
from tests.fakes.discord_model import COMPONENTS_V2, EPHEMERAL, LOADING, Attachment, Json, Permission, Upload
from tests.fakes.discord_refusal import Refusal, invalid
from tests.fakes.discord_rules import check_message
from tests.fakes.discord_world import World

MENTION = re.compile(r"<@!?(\d+)>|<@&(\d+)>|(@everyone|@here)")


def create(world: World, channel: Channel, body: Json, files: Mapping[int, Upload], **more: Any) -> Message:
    """A message of the bot's, checked and shown; `more`: fields of the Message."""
    made = _fresh(world, body, files)
    return channel.add(world.bot, **made, **_mentions(channel, body), **more)


def fill(world: World, message: Message, body: Json, files: Mapping[int, Upload]) -> Message:
    """Put the answer into a message that was only announced: a deferred one."""
    for name, value in (_fresh(world, body, files) | _mentions(message.channel, body)).items():
        setattr(message, name, value)
    message.thinking = False
    message.channel.shown(message)
    return message


def _fresh(world: World, body: Json, files: Mapping[int, Upload]) -> dict[str, Any]:
    kept = _attached(world, body, files, [])
    check_message(body, [file.name for file in kept])
    flags = (body.get("flags") or 0) & ~(EPHEMERAL | LOADING)
    embeds = [{"type": "rich"} | embed for embed in body.get("embeds") or []]
    components = numbered(body.get("components") or [])
    content = (body.get("content") or "").strip()
    return {"content": content, "embeds": embeds, "components": components, "files": kept, "flags": flags}


def edit(world: World, message: Message, body: Json, files: Mapping[int, Upload]) -> Message:
    """Change what the body names; what it does not name stays."""
    asked = body.get("flags")
    if asked is not None and (asked & EPHEMERAL) and not message.private:
        raise invalid("flags", "a message cannot become ephemeral")
    if message.modern and asked is not None and not asked & COMPONENTS_V2:
        raise invalid("flags", "the flag for Components V2 cannot be taken away")
    kept = _attached(world, body, files, message.files)
    after: Json = {"content": message.content, "embeds": message.embeds, "components": message.components}
    after |= {name: body[name] for name in after if name in body}
    check_message(after | {"flags": asked}, [file.name for file in kept], message.flags)
    message.content = (after["content"] or "").strip()
    message.embeds = [{"type": "rich"} | embed for embed in after["embeds"] or []]
    message.components = numbered(after["components"] or [])
    message.files = kept
    message.flags = (message.flags | (asked or 0)) & ~(EPHEMERAL | LOADING)
    message.channel.was_edited(message)
    message.channel.tell("MESSAGE_UPDATE", message)
    return message


def _attached(world: World, body: Json, files: Mapping[int, Upload], before: list[Attachment]) -> list[Attachment]:
    """The files of the message afterwards: of those it had, the ones that are named, or all; and the new ones."""
    named = body.get("attachments")
    entries: dict[int, Json] = {int(entry["id"]): entry for entry in named or []}
    for number in entries.keys() - files.keys() - {file.id for file in before}:
        raise invalid("attachments", f"{number} is no file of this request or message")
    kept = [file for file in before if named is None or file.id in entries]
    for number, upload in files.items():
        entry = entries.get(number, {})
        name = entry.get("filename") or upload.name
        mime = guess_type(name)[0] or upload.mime
        kept.append(world.keep(Upload(upload.content, name, mime), entry.get("description")))
    return kept


def check_permissions(channel: Channel, body: Json, files: Mapping[int, Upload]) -> None:
    """Refuse to send what the bot may not send into a channel."""
    more = [Permission.EMBED_LINKS] if body.get("embeds") else []
    channel.writable(*more, *([Permission.ATTACH_FILES] if files else []))


def answered(channel: Channel, body: Json) -> Message | None:
    """The message that a new one answers, or the refusal."""
    reference = body.get("message_reference")
    if not reference:
        return None
    if str(reference.get("channel_id") or channel.id) != str(channel.id):
        raise invalid("message_reference", "a reply is in the channel of what it answers")
    if channel.guild is not None and not channel.may(channel.world.bot, Permission.READ_MESSAGE_HISTORY):
        raise Refusal(403, 160002, "Cannot reply without permission to read message history")
    found = channel.log.get(int(reference["message_id"]))
    if found is None or found.deleted or found.private:
        if reference.get("fail_if_not_exists") is False:
            return None
        raise Refusal(400, 50035, "Invalid Form Body\nmessage_reference: Unknown message")
    return found


def _mentions(channel: Channel, body: Json) -> dict[str, Any]:
    """Who is mentioned, and of these who is notified."""
    words = "\n".join([body.get("content") or "", *texts(body.get("components") or [])])
    users, roles, pings = [], [], []
    for user, role, everyone in MENTION.findall(words):
        if user and int(user) in channel.world.users:
            users.append(channel.world.users[int(user)])
            pings += [f"<@{user}>"] if _allowed(body, "users", user) else []
        elif role and channel.guild is not None and int(role) in channel.guild.roles:
            roles.append(int(role))
            free = channel.guild.roles[int(role)].mentionable or channel.may(
                channel.world.bot, Permission.MENTION_EVERYONE
            )
            pings += [f"<@&{role}>"] if free and _allowed(body, "roles", role) else []
        elif everyone and channel.guild is not None and channel.may(channel.world.bot, Permission.MENTION_EVERYONE):
            pings += ["@everyone"] if _allowed(body, "everyone", "") else []
    return {"mentioned": users, "mentioned_roles": roles, "pings": pings}


def _allowed(body: Json, kind: str, number: str) -> bool:
    allowed = body.get("allowed_mentions")
    if allowed is None:
        return True
    return kind in (allowed.get("parse") or []) or number in [str(listed) for listed in allowed.get(kind) or []]
