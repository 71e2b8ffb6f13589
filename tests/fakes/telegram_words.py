"""What Telegram says of a field that is too long, empty or missing, where it has words of its own for it."""

from tests.fakes.telegram_refusal import TOO_OLD, Refusal, bad, unplaced

TOO_LONG = {
    "text": "message is too long",
    "message_text": "message is too long",
    "caption": "message caption is too long",
    "question": "poll question length must not exceed 300",
    "explanation": "MESSAGE_TOO_LONG",
    "answerCallbackQuery.text": "MESSAGE_TOO_LONG",
    "callback_data": "BUTTON_DATA_INVALID",
    "InputPollOption.text": "poll options length must not exceed 100",
    "BotCommand.command": "command length must not exceed 32",
    "BotCommand.description": "command description length must not exceed 256",
    "start_parameter": "START_PARAM_TOO_LONG",
    "secret_token": "secret token is too long",
}
EMPTY = {
    "text": "message text is empty",
    "message_text": "message text is empty",
    "callback_data": "BUTTON_DATA_INVALID",
    "BotCommand.command": "command must be non-empty",
    "BotCommand.description": "command description must be non-empty",
}
MISSING = {
    "chat_id": "chat_id is empty",
    "photo": "there is no photo in the request",
    "document": "there is no document in the request",
    "callback_query_id": TOO_OLD,
}


def too_long(owner: str, name: str, how: str) -> Refusal:
    """Of a field `name` in a method or type `owner`; `how` far, where Telegram's own words are not known."""
    return bad(TOO_LONG.get(f"{owner}.{name}") or TOO_LONG.get(name) or f"{name} is too long: {how}")


def empty(owner: str, name: str) -> Refusal:
    """Of a field that is there, with nothing in it."""
    return bad(EMPTY.get(f"{owner}.{name}") or EMPTY.get(name) or f"{name} must be non-empty")


def missing(name: str) -> Refusal:
    """Of a required field; no text is a refusal, any other a violation."""
    if name == "text":
        return bad("message text is empty")
    return unplaced(MISSING.get(name) or f'parameter "{name}" is required')
