"""Who says something: the name and the rights come with what they said."""

from dataclasses import dataclass
from typing import Any

import discord

from adapters.discord.spot import PLATFORM
from bot.ask import Account, Role


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody, in which role they speak here, and in which language."""

    account: Account
    role: Role = Role.MEMBER
    language: str = "en"


def of_interaction(interaction: discord.Interaction[Any]) -> Person:
    """Who used a command or pressed something; whoever may manage the server administers the group."""
    role = Role.ADMIN if interaction.permissions.manage_guild else Role.MEMBER
    return Person(account(interaction.user), role, str(interaction.locale))


def of_message(message: discord.Message) -> Person:
    """Who wrote a message; Discord does not tell their language."""
    author = message.author
    may = isinstance(author, discord.Member) and author.guild_permissions.manage_guild
    language = str(message.guild.preferred_locale) if message.guild else "en"
    return Person(account(author), Role.ADMIN if may else Role.MEMBER, language)


def account(user: discord.User | discord.Member) -> Account:
    """The account of a user, under the name that others see."""
    return Account(PLATFORM, str(user.id), user.display_name)
