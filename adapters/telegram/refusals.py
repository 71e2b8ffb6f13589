"""What Telegram's errors mean: for good, for now, moved, or a fault of ours."""

from datetime import timedelta

from telegram.error import BadRequest, ChatMigrated, Forbidden, NetworkError, RetryAfter, TelegramError

from adapters.telegram.spot import Spot
from bot.port import Gone, Later, Moved, Refused

PATIENCE = 5.0
"""Seconds after which something passing is tried again."""

_FOR_GOOD = (
    "chat not found",
    "user not found",
    "peer_id_invalid",
    "chat_write_forbidden",
    "not enough rights",
    "have no rights",
    "need administrator rights",
    "bot is not a member",
    "group chat was deactivated",
    "group chat was deleted",
    "user is deactivated",
    "channel_private",
    "chat_restricted",
    "chat_send_",
    "chat is deactivated",
)

_NO_TOPIC = ("topic_closed", "topic_deleted", "thread not found")

_UNCHANGED = "message is not modified"

_LOST = ("message to edit not found", "can't be edited", "message_id_invalid", "no text in the message to edit")

_LATE = ("query is too old", "query id is invalid", "query_id_invalid")


def seconds(error: RetryAfter) -> float:
    """How long Telegram wants to be left alone."""
    wait = error.retry_after
    return wait.total_seconds() if isinstance(wait, timedelta) else float(wait)


def passing(error: TelegramError) -> bool:
    """Whether the same request may succeed a little later: a full house, a lost connection, an answer that is none."""
    cut = isinstance(error, NetworkError) and not isinstance(error, BadRequest)
    return cut or isinstance(error, RetryAfter) or type(error) is TelegramError


def unchanged(error: BadRequest) -> bool:
    """Whether an edit changed nothing."""
    return _UNCHANGED in str(error).casefold()


def lost(error: BadRequest) -> bool:
    """Whether a message cannot be edited, so that a new one must do."""
    return _says(error, _LOST)


def no_topic(error: TelegramError) -> bool:
    """Whether a topic is closed or gone, so that its group must do."""
    return isinstance(error, BadRequest) and _says(error, _NO_TOPIC)


def late(error: BadRequest) -> bool:
    """Whether a press or a query has waited too long."""
    return _says(error, _LATE)


def refusal(error: TelegramError, spot: Spot) -> Refused | None:
    """The port's refusal that an error is; None for a fault of ours."""
    match error:
        case RetryAfter():
            return Later(seconds(error))
        case ChatMigrated():
            return Moved(spot.moved(error.new_chat_id).place)
        case Forbidden():
            return Gone("Telegram: not allowed to write there")
        case BadRequest():
            gone = _says(error, _FOR_GOOD) or no_topic(error)
            return Gone("Telegram: nobody there, or no right to write") if gone else None
    return Later(PATIENCE)


def _says(error: BadRequest, phrases: tuple[str, ...]) -> bool:
    said = str(error).casefold()
    return any(phrase in said for phrase in phrases)
