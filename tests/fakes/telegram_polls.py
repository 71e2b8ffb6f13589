"""The methods about polls: sending one, and ending it."""

import asyncio

from tests.fakes.telegram_model import Json, Poll
from tests.fakes.telegram_refusal import bad, unplaced
from tests.fakes.telegram_sending import rows, send, words
from tests.fakes.telegram_text import clean
from tests.fakes.telegram_world import Asked, World


def send_poll(world: World, asked: Asked) -> Json:
    """sendPoll."""
    question, _ = words(asked, "question", "question_entities")
    options = [clean(option["text"], option.get("text_entities", []))[0] for option in asked["options"]]
    check_poll(asked, question, options)
    sent = {name: value for name, value in asked.items() if name not in ("question", "options", "reply_parameters")}
    if "explanation" in sent:
        sent["explanation"], sent["explanation_entities"] = words(asked, "explanation", "explanation_entities")
    poll = Poll(f"poll{world.number()}", question, options, sent, closed=asked.get("is_closed", False))
    message = send(world, asked, "polls", poll=poll)
    seconds = asked.get("open_period") or (asked["close_date"] - world.clock() if "close_date" in asked else None)
    if seconds is not None:
        asyncio.get_running_loop().call_later(max(0.0, seconds), close_poll, world, poll)
    return message.as_json()


def close_poll(world: World, poll: Poll) -> None:
    """No more votes; the bot is told."""
    if not poll.closed:
        poll.closed = True
        world.updates.put("poll", poll.as_json(), poll.id)
        world.beat()


def check_poll(asked: Asked, question: str, options: list[str]) -> None:
    """Refuse a poll that Telegram refuses, and what it would silently leave out."""
    if not question or not all(options):
        raise bad("text must be non-empty")
    if len(options) < 2:
        raise bad("poll must have at least 2 option")
    if len(options) > 12:
        raise bad("poll can't have more than 12 options")
    if len(set(options)) < len(options):
        raise bad("POLL_OPTION_DUPLICATE")
    if asked.get("members_only") or asked.get("country_codes"):
        raise bad("poll voters can be restricted only in channel chats")
    if asked.get("question_entities") or any(option.get("text_entities") for option in asked["options"]):
        raise unplaced("entities in a question or an option, which Telegram drops")
    if asked.get("type", "regular") not in ("quiz", "regular"):
        raise bad("unsupported poll type specified")
    if asked.get("type") == "quiz":
        _quiz(asked, len(options))
    elif "explanation" in asked or "correct_option_ids" in asked:
        raise unplaced("an explanation or a right answer without a quiz, which Telegram drops")
    if "open_period" in asked and ("close_date" in asked or not 5 <= asked["open_period"] <= 2_628_000):
        raise unplaced("open_period is 5 to 2628000 seconds, without close_date")


def _quiz(asked: Asked, count: int) -> None:
    right = asked.get("correct_option_ids", [])
    if not right:
        raise bad("correct quiz option list must be non-empty")
    if right != sorted(set(right)):
        raise bad("correct quiz option list must be increasing")
    if not all(0 <= number < count for number in right):
        raise bad("wrong quiz correct_option_id")
    if asked.get("explanation", "").strip().count("\n") > 2:
        raise bad("poll explanation has more than 2 line feeds")


def stop_poll(world: World, asked: Asked) -> Json:
    """stopPoll."""
    chat = world.chat(asked["chat_id"])
    message = chat.message(asked["message_id"], "message with poll to stop")
    if message.poll is None or message.sender is not world.bot:
        raise bad("poll can't be stopped")
    if message.poll.closed:
        raise bad("poll has already been closed")
    message.rows = rows(asked.get("reply_markup"))
    close_poll(world, message.poll)
    return message.poll.as_json()


METHODS = {"sendPoll": send_poll, "stopPoll": stop_poll}
