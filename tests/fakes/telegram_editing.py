"""The methods that change what was sent: edits and deletions."""

from tests.fakes.telegram_group import Group
from tests.fakes.telegram_message import Message
from tests.fakes.telegram_model import Json
from tests.fakes.telegram_refusal import NOT_MODIFIED, bad, unplaced
from tests.fakes.telegram_sending import document_file, photo_file, rows, words
from tests.fakes.telegram_text import clean
from tests.fakes.telegram_world import Asked, World

OLDEST = 48 * 3600  # seconds after which a message cannot be deleted
MOST_DELETED = 100


def _message(world: World, asked: Asked) -> Message:
    """The message to edit, if it is the bot's to edit."""
    if "inline_message_id" in asked:
        if asked["inline_message_id"] not in world.inline_messages:
            raise bad("MESSAGE_ID_INVALID")
        return world.inline_messages[asked["inline_message_id"]]
    if "chat_id" not in asked or "message_id" not in asked:
        raise unplaced("message identifier is not specified")
    chat = world.chat(asked["chat_id"])
    if isinstance(chat, Group):
        chat.reachable()
    message = chat.message(asked["message_id"], "message to edit")
    if message.sender is not world.bot or message.keyboard is not None:
        raise bad("message can't be edited")
    return message


def _edit(world: World, asked: Asked, message: Message, **changes: object) -> Json | bool:
    """Apply an edit; an absent reply_markup takes the buttons away."""
    changes["rows"] = rows(asked.get("reply_markup"))
    if all(getattr(message, name) == value for name, value in changes.items()):
        raise bad(NOT_MODIFIED)
    for name, value in changes.items():
        setattr(message, name, value)
    message.chat.was_edited(message)
    return True if message.inline_id is not None else message.as_json()


def edit_text(world: World, asked: Asked) -> Json | bool:
    """editMessageText."""
    if "text" not in asked:
        raise bad("message text is empty")
    text, entities = words(asked, "text", "entities")
    if not text:
        raise bad("text must be non-empty")
    message = _message(world, asked)
    if message.has_media or message.poll is not None:
        raise bad("there is no text in the message to edit")
    return _edit(world, asked, message, text=text, entities=entities, preview=asked.get("link_preview_options"))


def edit_caption(world: World, asked: Asked) -> Json | bool:
    """editMessageCaption."""
    text, entities = words(asked, "caption", "caption_entities")
    message = _message(world, asked)
    if not message.has_media:
        raise bad("there is no caption in the message to edit")
    return _edit(world, asked, message, text=text, entities=entities)


def edit_media(world: World, asked: Asked) -> Json | bool:
    """editMessageMedia."""
    message, media = _message(world, asked), asked["media"]
    if message.poll is not None:
        raise bad("message can't be edited")
    given = media["media"]
    if given.startswith("attach://"):
        given = asked.files.get(given.removeprefix("attach://"))
        if given is None:
            raise unplaced(f"no file {media['media']} came with the request")
    text, entities = clean(media.get("caption", ""), media.get("caption_entities", []))
    photo = photo_file(world, given) if media["type"] == "photo" else None
    document = document_file(world, given) if media["type"] == "document" else None
    return _edit(world, asked, message, photo=photo, document=document, text=text, entities=entities)


def edit_markup(world: World, asked: Asked) -> Json | bool:
    """editMessageReplyMarkup."""
    return _edit(world, asked, _message(world, asked))


def delete_message(world: World, asked: Asked) -> bool:
    """deleteMessage."""
    chat = world.chat(asked["chat_id"])
    if isinstance(chat, Group):
        chat.reachable()
    message = chat.message(asked["message_id"], "message to delete")
    leads = isinstance(chat, Group) and chat.status == "administrator"
    others = message.sender is not world.bot and isinstance(chat, Group)
    if (others and not leads) or (not leads and world.now() - message.date > OLDEST):
        raise bad("message can't be deleted")
    message.deleted = True
    return True


def delete_messages(world: World, asked: Asked) -> bool:
    """deleteMessages: those that are not there are passed over."""
    if not 1 <= len(asked["message_ids"]) <= MOST_DELETED:
        raise bad("too many message identifiers specified")
    chat = world.chat(asked["chat_id"])
    for number in asked["message_ids"]:
        if number in chat.log and not chat.log[number].deleted:
            delete_message(world, Asked({"chat_id": asked["chat_id"], "message_id": number}, {}))
    return True


def pin(world: World, asked: Asked) -> bool:
    """pinChatMessage."""
    chat = world.chat(asked["chat_id"])
    chat.message(asked["message_id"], "message to pin")
    if isinstance(chat, Group):
        chat.reachable()
        if chat.status != "administrator":
            raise bad("not enough rights to manage pinned messages in the chat")
    return True


METHODS = {
    "editMessageText": edit_text,
    "editMessageCaption": edit_caption,
    "editMessageMedia": edit_media,
    "editMessageReplyMarkup": edit_markup,
    "deleteMessage": delete_message,
    "deleteMessages": delete_messages,
    "pinChatMessage": pin,
}
