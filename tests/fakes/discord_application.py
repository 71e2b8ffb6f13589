"""The routes about the bot itself: who it is, its commands, the gateway's address."""

from tests.fakes.discord_command_rules import check_commands, same
from tests.fakes.discord_facts import facts
from tests.fakes.discord_model import Json
from tests.fakes.discord_refusal import Refusal, invalid, unknown
from tests.fakes.discord_world import Asked, World


def me(world: World, asked: Asked) -> Json:
    """GET /users/@me."""
    return world.bot.as_json() | {"bot": True, "mfa_enabled": True, "verified": True, "locale": "en-US", "flags": 0}


def user(world: World, asked: Asked) -> Json:
    """GET /users/{user_id}."""
    found = world.users.get(asked.id("user_id"))
    if found is None:
        raise unknown("User")
    return found.as_json()


def application(world: World, asked: Asked) -> Json:
    """GET /oauth2/applications/@me."""
    owner = world.owner.as_json() if world.owner else world.bot.as_json()
    made: Json = {"id": str(world.application_id), "name": world.bot.name, "icon": None, "description": "", "flags": 0}
    made |= {"bot_public": True, "bot_require_code_grant": False, "owner": owner, "team": None, "verify_key": "00"}
    made |= {"summary": "", "hook": True, "integration_types_config": {"0": {}, "1": {}}, "redirect_uris": []}
    return made | {"approximate_guild_count": sum(guild.has_bot for guild in world.guilds.values())}


def gateway(world: World, asked: Asked) -> Json:
    """GET /gateway."""
    return {"url": world.gateway_url}


def gateway_bot(world: World, asked: Asked) -> Json:
    """GET /gateway/bot."""
    limit = {"total": 1000, "remaining": 1000, "reset_after": 0, "max_concurrency": 1}
    return {"url": world.gateway_url, "shards": world.shards, "session_start_limit": limit}


def _own(world: World, asked: Asked) -> None:
    if asked.id("application_id") != world.application_id:
        raise Refusal(403, 20012, "You are not authorized to perform this action on this application")


def list_commands(world: World, asked: Asked) -> list[Json]:
    """GET /applications/{application_id}/commands."""
    _own(world, asked)
    return world.commands


def set_commands(world: World, asked: Asked) -> list[Json]:
    """PUT /applications/{application_id}/commands: instead of all before; a name keeps its id."""
    _own(world, asked)
    if not isinstance(asked.body, list):
        raise invalid("", "a list of commands")
    for number, command in enumerate(asked.body):
        facts().check("Command", command, str(number))
    check_commands(asked.body)
    world.commands = [_kept(world, command) for command in asked.body]
    world.syncs += 1
    return world.commands


def _kept(world: World, sent: Json) -> Json:
    before: Json | None = world.command(sent["name"])
    made: Json = {"type": 1, "description": "", "nsfw": False} | {k: v for k, v in sent.items() if v is not None}
    if "default_member_permissions" in made:
        made["default_member_permissions"] = int(made["default_member_permissions"])
    if before is not None and same(before, made):
        return before
    number = before["id"] if before else str(world.number())
    own: Json = {"id": number, "application_id": str(world.application_id), "version": str(world.number())}
    return made | own


ROUTES = {
    "GET /users/@me": me,
    "GET /users/{user_id}": user,
    "GET /oauth2/applications/@me": application,
    "GET /applications/@me": application,
    "GET /gateway": gateway,
    "GET /gateway/bot": gateway_bot,
    "GET /applications/{application_id}/commands": list_commands,
    "PUT /applications/{application_id}/commands": set_commands,
}
