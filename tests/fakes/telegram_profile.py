"""The methods about the bot itself: its updates, its webhook, its command menus and what it says of itself."""

import re
from collections.abc import Callable
from typing import Any

from tests.fakes.telegram_group import Group
from tests.fakes.telegram_model import Json
from tests.fakes.telegram_refusal import bad
from tests.fakes.telegram_world import Asked, World, scope_key

COMMAND = re.compile(r"[a-z0-9_]{1,32}")
MOST_COMMANDS = 100
MOST_CONNECTIONS = 100


async def get_updates(world: World, asked: Asked) -> list[Json]:
    """getUpdates."""
    return await world.updates.get(
        asked.get("offset", 0), asked.get("limit", 100), asked.get("timeout", 0), asked.get("allowed_updates")
    )


async def set_webhook(world: World, asked: Asked) -> bool:
    """setWebhook."""
    world.updates.allow(asked.get("allowed_updates"))
    connections = max(1, min(asked.get("max_connections", 40), MOST_CONNECTIONS))
    drop = asked.get("drop_pending_updates", False)
    await world.updates.hook(asked["url"], asked.get("secret_token", ""), connections, drop=drop)
    return True


async def delete_webhook(world: World, asked: Asked) -> bool:
    """deleteWebhook."""
    await world.updates.hook("", "", 0, drop=asked.get("drop_pending_updates", False))
    return True


def get_webhook_info(world: World, asked: Asked) -> Json:
    """getWebhookInfo."""
    hook = world.updates.webhook
    made: Json = {"url": hook.url if hook else "", "has_custom_certificate": False}
    made["pending_update_count"] = len(world.updates.pending)
    if hook is not None:
        made["max_connections"] = hook.connections
        made |= {"last_error_date": hook.error_date, "last_error_message": hook.error} if hook.error else {}
    return made


def get_me(world: World, asked: Asked) -> Json:
    """getMe."""
    able = {"can_join_groups": True, "can_read_all_group_messages": not world.privacy}
    able |= {"supports_inline_queries": world.inline, "can_connect_to_business": False, "has_main_web_app": False}
    return world.bot.as_json() | able


def log_out(world: World, asked: Asked) -> bool:
    """logOut: from now on everything is refused."""
    world.logged_out = True
    return True


def close(world: World, asked: Asked) -> bool:
    """close: the server lets go of the bot; the next request takes it up again."""
    return True


def _language(asked: Asked) -> str:
    code = asked.get("language_code", "")
    if not re.fullmatch(r"([a-z]{2})?", code):
        raise bad("invalid language code specified")
    return str(code)


def _scope(world: World, asked: Asked) -> str:
    scope = asked.get("scope")
    if scope is not None and "chat_id" in scope:
        chat = world.chat(scope["chat_id"])
        if isinstance(chat, Group):
            chat.reachable()
        elif scope["type"] != "chat":
            raise bad("can't use specified scope in private chats")
    return scope_key(scope)


def set_commands(world: World, asked: Asked) -> bool:
    """setMyCommands."""
    commands = [(command["command"], command["description"].strip()) for command in asked["commands"]]
    if len(commands) > MOST_COMMANDS:
        raise bad("BOT_COMMANDS_TOO_MUCH")
    if not all(COMMAND.fullmatch(name) for name, _ in commands) or len(dict(commands)) < len(commands):
        raise bad("BOT_COMMAND_INVALID")
    world.commands[_scope(world, asked), _language(asked)] = commands
    return True


def get_commands(world: World, asked: Asked) -> list[Json]:
    """getMyCommands."""
    found = world.commands.get((_scope(world, asked), _language(asked)), [])
    return [{"command": name, "description": words} for name, words in found]


def delete_commands(world: World, asked: Asked) -> bool:
    """deleteMyCommands."""
    world.commands.pop((_scope(world, asked), _language(asked)), None)
    return True


def _setter(field: str) -> Callable[[World, Asked], Any]:
    def set_text(world: World, asked: Asked) -> bool:
        world.texts[field, _language(asked)] = asked.get(field, "").strip()
        return True

    return set_text


def _getter(field: str) -> Callable[[World, Asked], Any]:
    def get_text(world: World, asked: Asked) -> Json:
        return {field: world.text(field, _language(asked))}

    return get_text


METHODS: dict[str, Callable[[World, Asked], Any]] = {
    "getUpdates": get_updates,
    "setWebhook": set_webhook,
    "deleteWebhook": delete_webhook,
    "getWebhookInfo": get_webhook_info,
    "getMe": get_me,
    "logOut": log_out,
    "close": close,
    "setMyCommands": set_commands,
    "getMyCommands": get_commands,
    "deleteMyCommands": delete_commands,
    "setMyName": _setter("name"),
    "getMyName": _getter("name"),
    "setMyDescription": _setter("description"),
    "getMyDescription": _getter("description"),
    "setMyShortDescription": _setter("short_description"),
    "getMyShortDescription": _getter("short_description"),
}
