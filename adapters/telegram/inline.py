"""Inline mode: `@bot sharding` in any chat offers cards. They are everybody's, so they hold nothing of who asks."""

import asyncio
import time

from telegram import (
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InlineQuery,
    InlineQueryResultArticle,
    InlineQueryResultsButton,
    InputTextMessageContent,
    LinkPreviewOptions,
)
from telegram.error import BadRequest

from adapters.telegram.desk import Desk
from adapters.telegram.links import explains
from adapters.telegram.outs import Words
from adapters.telegram.refusals import late
from adapters.telegram.render import render
from adapters.telegram.spot import PLATFORM
from bot.ask import Account, Ask, Place
from bot.kinds import Choice
from bot.language import _, speaking
from bot.markup import shorten

MOST = 8
"""Cards offered for one query."""

CACHED = 300
"""Seconds for which Telegram, and we, remember."""

_NOBODY = Account(PLATFORM, "")
"""Who the cards are made for."""


class Inline:
    """Answers inline queries."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._made: dict[tuple[str, str], tuple[float, InlineQueryResultArticle]] = {}

    async def query(self, query: InlineQuery) -> None:
        """One query."""
        language = query.from_user.language_code or "en"
        choices = await self._desk.suggest(self._ask(query.query.strip(), language))
        results = await asyncio.gather(*(self._card(choice, language) for choice in choices[:MOST]))
        with speaking(language):
            label = _("Open Cairn") if results else _("No such topic. Open Cairn")
        try:
            await self._desk.bot.answer_inline_query(
                query.id,
                [result for result in results if result],
                cache_time=CACHED,
                button=InlineQueryResultsButton(label, start_parameter="hello"),
            )
        except BadRequest as error:
            if not late(error):
                raise

    def _ask(self, text: str, language: str) -> Ask:
        return Ask(text, _NOBODY, Place(PLATFORM), self._desk.now, language=language)

    async def _card(self, choice: Choice, language: str) -> InlineQueryResultArticle | None:
        """The card of a topic, made once in a while."""
        key = (choice.value, language)
        known = self._made.get(key)
        if known and known[0] > time.monotonic():
            return known[1]
        reply = await self._desk.answer(self._ask(f"/explain {choice.value} short", language))
        words = next((out for out in render(reply) if isinstance(out, Words)), None) if reply else None
        if words is None:
            return None
        with speaking(language):
            made = self._article(choice, words)
        self._made[key] = (time.monotonic() + CACHED, made)
        return made

    def _article(self, choice: Choice, words: Words) -> InlineQueryResultArticle:
        text = words.pages[0]
        return InlineQueryResultArticle(
            choice.value[:64],
            choice.label,
            InputTextMessageContent(
                text.text, entities=text.entities(), link_preview_options=LinkPreviewOptions(is_disabled=True)
            ),
            description=shorten(text.text.removeprefix(choice.label), 120),
            reply_markup=InlineKeyboardMarkup(
                [[InlineKeyboardButton(_("Open in Cairn"), url=explains(self._desk.username, choice.value))]]
            ),
        )
