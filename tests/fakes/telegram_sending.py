"""The methods that send: text, photos, documents, and what the bot is doing."""

import struct

from tests.fakes.telegram_chats import Chat
from tests.fakes.telegram_facts import Upload
from tests.fakes.telegram_group import Group
from tests.fakes.telegram_message import Message
from tests.fakes.telegram_model import Button, File, Json
from tests.fakes.telegram_refusal import Refusal, bad, unplaced
from tests.fakes.telegram_text import Entity, address, clean
from tests.fakes.telegram_world import Asked, World

ACTIONS = {"typing", "upload_photo", "upload_document", "choose_sticker", "find_location"} | {
    f"{doing}_{what}" for doing in ("record", "upload") for what in ("video", "voice", "video_note")
}
MOST_BUTTONS, MOST_IN_ROW = 100, 8
LARGEST_PHOTO, LARGEST_FILE = 10 * 2**20, 50 * 2**20  # bytes
LONGEST_SIDES = 10_000  # pixels, width and height together
IMAGES = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"GIF8")


def words(asked: Asked, name: str, marks: str) -> tuple[str, list[Entity]]:
    """A text and its entities as Telegram keeps them."""
    return clean(asked.get(name, ""), asked.get(marks, []))


def rows(markup: Json | None) -> list[list[Button]]:
    """The inline keyboard of a reply_markup; empty for any other kind."""
    made = [[Button.read(button) for button in row] for row in (markup or {}).get("inline_keyboard", [])]
    if sum(map(len, made)) > MOST_BUTTONS:
        raise bad("reply markup is too long")
    for row in made:
        if len(row) > MOST_IN_ROW:
            raise unplaced(f"{len(row)} buttons in a row, of which Telegram shows {MOST_IN_ROW}")
        for button in row:
            _button(button)
    return [row for row in made if row]


def _button(button: Button) -> None:
    if not button.text.strip():
        raise bad("can't parse inline keyboard button: Inline keyboard button text must be non-empty")
    does = [button.data is not None, button.url is not None, *(name not in ("style",) for name in button.rest)]
    if not any(does):
        raise bad("can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard")
    if sum(does) > 1:
        raise unplaced(f"the button {button.text!r} does more than one thing, of which Telegram takes one")
    if button.url is not None:
        address(button.url, "inline keyboard button URL")


def send(world: World, asked: Asked, what: str, **content: object) -> Message:
    """Put a message of the bot's into the chat that was asked for."""
    chat = world.chat(asked["chat_id"])
    thread = asked.get("message_thread_id")
    chat.writable(what, thread)
    markup = asked.get("reply_markup")
    buttons = rows(markup)
    reply_to = _reply_to(world, chat, asked.get("reply_parameters"))
    keyboard = None if markup is None or "inline_keyboard" in markup else markup
    in_thread = thread if isinstance(chat, Group) and chat.forum else None
    return chat.add(world.bot, rows=buttons, keyboard=keyboard, reply_to=reply_to, thread=in_thread, **content)


def _reply_to(world: World, chat: Chat, parameters: Json | None) -> Message | None:
    if parameters is None:
        return None
    there = world.chat(parameters["chat_id"]) if "chat_id" in parameters else chat
    found = there.log.get(parameters["message_id"])
    if found is None or found.deleted:
        if parameters.get("allow_sending_without_reply"):
            return None
        raise bad("message to be replied not found")
    if (quote := parameters.get("quote")) is not None and quote not in found.text:
        raise bad("QUOTE_TEXT_INVALID")
    return found


def send_message(world: World, asked: Asked) -> Json:
    """sendMessage."""
    text, entities = words(asked, "text", "entities")
    if not text:
        raise bad("text must be non-empty")
    preview = asked.get("link_preview_options")
    return send(world, asked, "text messages", text=text, entities=entities, preview=preview).as_json()


def send_photo(world: World, asked: Asked) -> Json:
    """sendPhoto."""
    caption, entities = words(asked, "caption", "caption_entities")
    photo = photo_file(world, asked["photo"])
    return send(world, asked, "photos", photo=photo, text=caption, entities=entities).as_json()


def send_document(world: World, asked: Asked) -> Json:
    """sendDocument."""
    caption, entities = words(asked, "caption", "caption_entities")
    document = document_file(world, asked["document"])
    return send(world, asked, "documents", document=document, text=caption, entities=entities).as_json()


def photo_file(world: World, given: Upload | str) -> File:
    """A photo: uploaded, or one that Telegram has."""
    if isinstance(given, str):
        return known_file(world, given)
    size = len(given.content)
    if size > LARGEST_PHOTO:
        raise bad(f"file of size {size} bytes is too big for a photo; the maximum size is {LARGEST_PHOTO} bytes")
    _not_empty(given)
    if not given.content.startswith(IMAGES):
        raise bad("IMAGE_PROCESS_FAILED")
    width, height = struct.unpack(">II", given.content[16:24]) if given.content.startswith(IMAGES[0]) else (100, 100)
    if width + height > LONGEST_SIDES or max(width, height) > 20 * min(width, height):
        raise bad("PHOTO_INVALID_DIMENSIONS")
    return world.keep(given, "photos", (width, height))


def document_file(world: World, given: Upload | str) -> File:
    """A document: uploaded, or one that Telegram has."""
    if isinstance(given, str):
        return known_file(world, given)
    if len(given.content) > LARGEST_FILE:
        raise Refusal(413, "Request Entity Too Large")
    _not_empty(given)
    return world.keep(given, "documents")


def known_file(world: World, file_id: str) -> File:
    """A file by its id; an address on the web is not fetched here."""
    if "://" in file_id:
        raise unplaced(f"failed to get HTTP URL content: {file_id} is not fetched here")
    if file_id not in world.files:
        raise bad("wrong file identifier/HTTP URL specified")
    return world.files[file_id]


def _not_empty(upload: Upload) -> None:
    if not upload.content:
        raise bad("file must be non-empty")


def send_chat_action(world: World, asked: Asked) -> bool:
    """sendChatAction."""
    chat = world.chat(asked["chat_id"])
    chat.writable("text messages", asked.get("message_thread_id"))
    if asked["action"] not in ACTIONS:
        raise bad("wrong parameter action in request")
    chat.actions.append(asked["action"])
    return True


METHODS = {
    "sendMessage": send_message,
    "sendPhoto": send_photo,
    "sendDocument": send_document,
    "sendChatAction": send_chat_action,
}
