"""The routes about places: channels, threads, direct messages, servers and who is in them."""

from tests.fakes.discord_channel import Channel
from tests.fakes.discord_facts import facts
from tests.fakes.discord_guild import Guild
from tests.fakes.discord_model import Json, Permission
from tests.fakes.discord_person import Person
from tests.fakes.discord_private import Dm
from tests.fakes.discord_refusal import Refusal, archived, missing_permissions, unknown
from tests.fakes.discord_thread import PRIVATE, PUBLIC, Thread
from tests.fakes.discord_world import Asked, World


def _channel(world: World, asked: Asked) -> Channel:
    channel = world.channel(asked.id("channel_id"))
    channel.reachable()
    return channel


def get_channel(world: World, asked: Asked) -> Json:
    """GET /channels/{channel_id}."""
    return _channel(world, asked).as_json()


def edit_channel(world: World, asked: Asked) -> Json:
    """PATCH /channels/{channel_id}: of threads only."""
    channel = _channel(world, asked)
    if not isinstance(channel, Thread):
        raise Refusal(404, 0, "the made Discord changes threads only")
    body = asked.body
    facts().check("ThreadEdit", body)
    manages = channel.may(world.bot, Permission.MANAGE_THREADS)
    opens = body.get("archived") is False and body.keys() <= {"archived", "auto_archive_duration"}
    if channel.archived and body.get("archived") is not False:
        raise archived()
    if not manages and opens and (channel.locked or not channel.may(world.bot, Permission.SEND_MESSAGES_IN_THREADS)):
        raise missing_permissions()
    if not manages and not opens and (channel.owner is not world.bot or "locked" in body):
        raise missing_permissions()
    channel.name = body.get("name") or channel.name
    channel.minutes = int(body.get("auto_archive_duration") or channel.minutes)
    channel.set(archived=body.get("archived"), locked=body.get("locked"))
    return channel.as_json()


def _new_thread(parent: Channel, asked: Asked, *, kind: int, number: int | None = None) -> Thread:
    wanted = Permission.CREATE_PRIVATE_THREADS if kind == PRIVATE else Permission.CREATE_PUBLIC_THREADS
    if isinstance(parent, Thread) or parent.guild is None:
        raise Refusal(400, 50024, "Cannot execute action on this channel type")
    if not parent.may(parent.world.bot, wanted):
        raise missing_permissions()
    thread = Thread(parent, asked.body["name"], parent.world.bot, kind=kind, number=number)
    thread.minutes = int(asked.body.get("auto_archive_duration") or thread.minutes)
    thread.changed("THREAD_CREATE")
    return thread


def start_thread(world: World, asked: Asked) -> Json:
    """POST /channels/{channel_id}/threads."""
    channel = _channel(world, asked)
    facts().check("Thread", asked.body)
    kind = PRIVATE if asked.body.get("type") in (None, PRIVATE) else PUBLIC
    return _new_thread(channel, asked, kind=kind).as_json()


def start_thread_at(world: World, asked: Asked) -> Json:
    """POST /channels/{channel_id}/messages/{message_id}/threads: the thread has the message's number."""
    channel = _channel(world, asked)
    facts().check("ThreadFromMessage", asked.body)
    message = channel.message(asked.id("message_id"))
    if message.thread is not None:
        raise Refusal(400, 160004, "A thread has already been created for this message")
    message.thread = _new_thread(channel, asked, kind=PUBLIC, number=message.id)
    return message.thread.as_json()


def join_thread(world: World, asked: Asked) -> None:
    """PUT /channels/{channel_id}/thread-members/@me."""
    channel = _channel(world, asked)
    if isinstance(channel, Thread) and channel.archived:
        raise archived()


def open_dm(world: World, asked: Asked) -> Json:
    """POST /users/@me/channels: always, for somebody there is; whether it reaches them shows when it is used."""
    facts().check("OpenDm", asked.body)
    person = world.users.get(int(asked.body.get("recipient_id") or 0))
    if not isinstance(person, Person):
        raise Refusal(400, 50033, "Invalid Recipient(s)")
    assert isinstance(person.dm, Dm)
    return person.dm.as_json()


def _guild(world: World, asked: Asked) -> Guild:
    return world.guild_of(asked.id("guild_id"))


def get_guild(world: World, asked: Asked) -> Json:
    """GET /guilds/{guild_id}."""
    left_out = ("channels", "threads", "members", "presences", "voice_states")
    return {name: value for name, value in _guild(world, asked).as_json().items() if name not in left_out}


def get_channels(world: World, asked: Asked) -> list[Json]:
    """GET /guilds/{guild_id}/channels."""
    return [channel.as_json() for channel in _guild(world, asked).channels if not isinstance(channel, Thread)]


def get_roles(world: World, asked: Asked) -> list[Json]:
    """GET /guilds/{guild_id}/roles."""
    return [role.as_json() for role in _guild(world, asked).roles.values()]


def get_member(world: World, asked: Asked) -> Json:
    """GET /guilds/{guild_id}/members/{user_id}."""
    guild = _guild(world, asked)
    found = world.users.get(asked.id("user_id"))
    if found is None:
        raise unknown("User")
    if found not in guild.people:
        raise unknown("Member")
    return guild.member_json(found)


def my_guilds(world: World, asked: Asked) -> list[Json]:
    """GET /users/@me/guilds."""
    guilds = [guild for guild in world.guilds.values() if guild.has_bot]
    return [
        {"id": str(guild.id), "name": guild.name, "icon": None, "owner": False, "features": []}
        | {"permissions": str(int(guild.permissions(world.bot)))}
        for guild in guilds
    ]


def leave(world: World, asked: Asked) -> None:
    """DELETE /users/@me/guilds/{guild_id}."""
    _guild(world, asked).remove_bot()


ROUTES = {
    "GET /channels/{channel_id}": get_channel,
    "PATCH /channels/{channel_id}": edit_channel,
    "POST /channels/{channel_id}/threads": start_thread,
    "POST /channels/{channel_id}/messages/{message_id}/threads": start_thread_at,
    "PUT /channels/{channel_id}/thread-members/@me": join_thread,
    "POST /users/@me/channels": open_dm,
    "GET /guilds/{guild_id}": get_guild,
    "GET /guilds/{guild_id}/channels": get_channels,
    "GET /guilds/{guild_id}/roles": get_roles,
    "GET /guilds/{guild_id}/members/{user_id}": get_member,
    "GET /users/@me/guilds": my_guilds,
    "DELETE /users/@me/guilds/{guild_id}": leave,
}
