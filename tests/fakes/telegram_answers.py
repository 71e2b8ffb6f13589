"""The methods that answer: a pressed button and an inline query, once and in time."""

import re

from tests.fakes.telegram_refusal import TOO_OLD, bad, unplaced
from tests.fakes.telegram_sending import rows
from tests.fakes.telegram_text import clean
from tests.fakes.telegram_world import Asked, World

MOST_RESULTS = 50
START_PAYLOAD = re.compile(r"[A-Za-z0-9_-]{1,64}")


def answer_callback(world: World, asked: Asked) -> bool:
    """answerCallbackQuery."""
    press = world.presses.get(asked["callback_query_id"])
    if press is None or not press.open:
        raise bad(TOO_OLD)
    url = asked.get("url", "")
    if url and not re.match(rf"(https?://)?(t|telegram)\.me/{world.bot.username}\?start=", url):
        raise bad("URL_INVALID")
    press.text, press.alert, press.url = asked.get("text", ""), asked.get("show_alert", False), url
    press.close()
    return True


def answer_inline(world: World, asked: Asked) -> bool:
    """answerInlineQuery."""
    query = world.inline_queries.get(asked["inline_query_id"])
    if query is None or not query.open:
        raise bad(TOO_OLD)
    results = asked["results"]
    if len(results) > MOST_RESULTS:
        raise bad("too many inline query results specified")
    ids = [result["id"] for result in results]
    if not all(1 <= len(name.encode()) <= 64 for name in ids):
        raise bad("RESULT_ID_INVALID")
    if len(set(ids)) < len(ids):
        raise bad("RESULT_ID_DUPLICATE")
    for result in results:
        content = result["input_message_content"]
        text, entities = clean(content["message_text"], content.get("entities", []))
        content |= {"message_text": text, "entities": entities}
        rows(result.get("reply_markup"))
        if not result["title"]:
            raise bad("ARTICLE_TITLE_EMPTY")
    if len(asked.get("next_offset", "").encode()) > 64:
        raise bad("NEXT_OFFSET_INVALID")
    button = asked.get("button")
    if button is not None and not START_PAYLOAD.fullmatch(button.get("start_parameter", "")):
        raise unplaced(f"the button above the results needs a start_parameter of A-Z, a-z, 0-9, _ and -: {button}")
    query.results, query.button = results, button
    query.next_offset, query.cache_time = asked.get("next_offset", ""), asked.get("cache_time", 300)
    query.personal = asked.get("is_personal", False)
    query.close()
    return True


METHODS = {"answerCallbackQuery": answer_callback, "answerInlineQuery": answer_inline}
