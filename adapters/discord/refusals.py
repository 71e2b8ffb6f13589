"""What Discord's errors mean: for good, for now, or a fault of ours."""

import aiohttp
import discord

from bot.port import Gone, Later, Refused

PATIENCE = 5.0
"""Seconds after which something passing is tried again."""

UNKNOWN_CHANNEL = 10003
UNKNOWN_MEMBER = 10007
UNKNOWN_MESSAGE = 10008
UNKNOWN_USER = 10013
UNKNOWN_INTERACTION = 10062
ANSWERED = 40060
MISSING_ACCESS = 50001
FOREIGN_MESSAGE = 50005
MISSING_PERMISSION = 50013
ARCHIVED = 50083
THREADED = 160004

Trouble = discord.DiscordException | aiohttp.ClientError | OSError
"""What a request to Discord may raise."""

TROUBLE = (discord.DiscordException, aiohttp.ClientError, OSError)


def code(error: Exception) -> int:
    """Discord's own number of an error; 0 where it has none."""
    return error.code if isinstance(error, discord.HTTPException) else 0


def refusal(error: Exception) -> Refused | None:
    """The port's refusal that an error is; None for a fault of ours."""
    match error:
        case discord.RateLimited():
            return Later(error.retry_after)
        case discord.Forbidden():
            return Gone("Discord: not allowed to write there")
        case discord.NotFound():
            return Gone("Discord: nobody is there")
        case discord.HTTPException(status=429):
            return Later(_seconds(error), everywhere=_everywhere(error))
        case discord.HTTPException(status=status) if status >= 500 or status == 401:
            return Later(PATIENCE)
        case aiohttp.ClientError() | OSError():
            return Later(PATIENCE)
    return None


def _everywhere(error: discord.HTTPException) -> bool:
    """Whether a limit holds for the whole bot; what comes without `Via` is Cloudflare's word, not Discord's."""
    headers = error.response.headers
    return "X-RateLimit-Global" in headers or "Via" not in headers


def _seconds(error: discord.HTTPException) -> float:
    """How long Discord wants to be left alone."""
    try:
        return max(1.0, float(error.response.headers.get("Retry-After", 0)) or PATIENCE)
    except ValueError:
        return PATIENCE
