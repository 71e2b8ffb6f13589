"""One message to Telegram: a text, a photo, a file or a poll; or a text in the place of an earlier one."""

from collections.abc import Awaitable, Callable
from contextlib import suppress

from telegram import InlineKeyboardButton, InlineKeyboardMarkup, LinkPreviewOptions, Message
from telegram.error import BadRequest

from adapters.telegram.data import Handles
from adapters.telegram.manner import Manner
from adapters.telegram.markdown import styled
from adapters.telegram.outs import Ballot, Document, Key, Keys, Out, Photo, Words
from adapters.telegram.pages import pages
from adapters.telegram.polls import Polls, Shown
from adapters.telegram.refusals import lost, unchanged
from adapters.telegram.spans import Styled
from adapters.telegram.spot import Spot
from adapters.telegram.wire import Wire
from bot.ask import Account, clean
from bot.pictures.draw import Drawer

CAPTION = 1024
"""Telegram: units of a caption."""

_QUIET = LinkPreviewOptions(is_disabled=True)


class Posting:
    """Sends and edits single messages."""

    def __init__(self, wire: Wire, handles: Handles, polls: Polls) -> None:
        self.wire = wire
        self._handles = handles
        self._polls = polls
        self._drawer = Drawer()

    def close(self) -> None:
        """Ends what draws."""
        self._drawer.close()

    async def post(self, spot: Spot, out: Out, manner: Manner) -> int:
        """Sends one message, or edits one; its id. Raises TelegramError, or Later where nobody waits for it."""
        match out:
            case Words():
                return await self._words(spot, out, manner)
            case Photo():
                return await self._photo(spot, out, manner)
            case Document():
                return await self._document(spot, out, manner)
            case Ballot():
                return await self._ballot(spot, out, manner)

    async def _words(self, spot: Spot, out: Words, manner: Manner) -> int:
        text = out.pages[0]
        markup = await self.markup(out.keys, manner.who or spot.person)
        if manner.edit and await self._edited(spot, text, markup, manner):
            return manner.edit
        if manner.only:
            await self._ended(spot, manner)
            return manner.edit
        return await self._sent(
            spot,
            manner,
            lambda: self.wire.bot.send_message(
                spot.chat,
                text.text,
                entities=text.entities(),
                reply_markup=markup,
                message_thread_id=spot.thread,
                reply_parameters=manner.above,
                link_preview_options=_QUIET,
            ),
        )

    async def _edited(self, spot: Spot, text: Styled, markup: InlineKeyboardMarkup | None, manner: Manner) -> bool:
        """Puts a text into a message; False where that message can no longer be edited."""
        try:
            await self.wire.send(
                spot.chat,
                lambda: self.wire.bot.edit_message_text(
                    text.text,
                    spot.chat,
                    manner.edit,
                    entities=text.entities(),
                    reply_markup=markup,
                    link_preview_options=_QUIET,
                ),
                manner.live,
            )
        except BadRequest as error:
            if not unchanged(error) and not lost(error):
                raise
            return unchanged(error)
        return True

    async def _ended(self, spot: Spot, manner: Manner) -> None:
        """A poll takes no text in its place: it takes no more votes then. What is no open poll stays as it is."""
        with suppress(BadRequest):
            await self.wire.send(spot.chat, lambda: self.wire.bot.stop_poll(spot.chat, manner.edit), manner.live)

    async def _photo(self, spot: Spot, out: Photo, manner: Manner) -> int:
        """A drawing as a photo; where it cannot be drawn, or a photo may not be sent, its words."""
        alt = styled(out.picture.alt)
        words = Words(pages(alt)[:1] or [Styled(clean(out.picture.name) or "…")], out.keys)
        png = await self._drawer.png(out.picture.svg)
        if png is None:
            return await self._words(spot, words, manner)
        caption = (pages(alt, CAPTION) or [Styled()])[0]
        markup = await self.markup(out.keys, manner.who or spot.person)
        try:
            return await self._sent(
                spot,
                manner,
                lambda: self.wire.bot.send_photo(
                    spot.chat,
                    png,
                    caption=caption.text,
                    caption_entities=caption.entities(),
                    filename=f"{out.picture.name.removesuffix('.png')}.png",
                    reply_markup=markup,
                    message_thread_id=spot.thread,
                    reply_parameters=manner.above,
                ),
            )
        except BadRequest as error:
            if "photo" not in str(error).casefold():
                raise
            return await self._words(spot, words, manner)

    async def _document(self, spot: Spot, out: Document, manner: Manner) -> int:
        caption = (pages(styled(out.file.label), CAPTION) or [Styled()])[0]
        markup = await self.markup(out.keys, manner.who or spot.person)
        return await self._sent(
            spot,
            manner,
            lambda: self.wire.bot.send_document(
                spot.chat,
                out.file.data,
                caption=caption.text,
                caption_entities=caption.entities(),
                filename=out.file.name,
                disable_content_type_detection=True,
                reply_markup=markup,
                message_thread_id=spot.thread,
                reply_parameters=manner.above,
            ),
        )

    async def _ballot(self, spot: Spot, out: Ballot, manner: Manner) -> int:
        """A quiz poll, remembered until its votes come; where a group takes no polls, the question with buttons.

        A poll that stands shows by itself what is new.
        """
        if manner.only:
            return manner.edit
        markup = await self.markup(out.keys, manner.who or spot.person)
        try:
            message = await self.wire.send(
                spot.chat,
                lambda: self.wire.bot.send_poll(
                    spot.chat,
                    out.question,
                    out.options,
                    type="quiz",
                    is_anonymous=False,
                    correct_option_ids=[out.right],  # type: ignore[list-item]
                    explanation=out.because.text or None,
                    explanation_entities=out.because.entities(),
                    description=out.before.text or None,
                    description_entities=out.before.entities(),
                    open_period=out.seconds or None,
                    reply_markup=markup,
                    message_thread_id=spot.thread,
                    reply_parameters=manner.above,
                ),
                manner.live,
            )
        except BadRequest as error:
            if "poll" not in str(error).casefold():
                raise
            return await self._words(spot, Words(out.words.pages[:1], out.words.keys + out.keys), manner)
        if message.poll:
            await self._polls.note(message.poll.id, Shown(spot, out.lines))
        return message.message_id

    async def _sent(self, spot: Spot, manner: Manner, make: Callable[[], Awaitable[Message]]) -> int:
        return (await self.wire.send(spot.chat, make, manner.live)).message_id

    async def markup(self, keys: Keys, about: Account | None) -> InlineKeyboardMarkup | None:
        """The keys as Telegram takes them; `about`: whose words they may hold."""
        if not keys:
            return None
        return InlineKeyboardMarkup([[await self._key(key, about) for key in row] for row in keys])

    async def _key(self, key: Key, about: Account | None) -> InlineKeyboardButton:
        if key.url:
            return InlineKeyboardButton(key.label, url=key.url)
        return InlineKeyboardButton(key.label, callback_data=await self._handles.short(key.data, about))
