"""The methods about chats: what they are, who is in them, topics, leaving, files."""

from tests.fakes.telegram_group import Group
from tests.fakes.telegram_model import Json
from tests.fakes.telegram_refusal import bad
from tests.fakes.telegram_world import Asked, World

GIFTS = dict.fromkeys(
    ("unlimited_gifts", "limited_gifts", "unique_gifts", "premium_subscription", "gifts_from_channels"), False
)
PRESENT = ("creator", "administrator", "member", "restricted")


def _group(world: World, asked: Asked, otherwise: str) -> Group:
    chat = world.chat(asked["chat_id"])
    if not isinstance(chat, Group):
        raise bad(otherwise)
    chat.reachable()
    return chat


def get_chat(world: World, asked: Asked) -> Json:
    """getChat."""
    chat = world.chat(asked["chat_id"])
    if isinstance(chat, Group):
        chat.reachable()
    return chat.as_json() | {"accent_color_id": 0, "max_reaction_count": 11, "accepted_gift_types": GIFTS}


def get_member(world: World, asked: Asked) -> Json:
    """getChatMember."""
    user = world.users.get(asked["user_id"])
    chat = world.chat(asked["chat_id"])
    if user is None:
        raise bad("PARTICIPANT_ID_INVALID")
    if not isinstance(chat, Group):
        return {"status": "member", "user": user.as_json()}
    chat.reachable()
    return chat.member_json(user)


def get_administrators(world: World, asked: Asked) -> list[Json]:
    """getChatAdministrators: without other bots."""
    group = _group(world, asked, "there are no administrators in the private chat")
    leading = [number for number, status in group.members.items() if status in ("creator", "administrator")]
    users = [world.users[number] for number in leading]
    return [group.member_json(user) for user in users if not user.is_bot or user is world.bot]


def get_member_count(world: World, asked: Asked) -> int:
    """getChatMemberCount."""
    chat = world.chat(asked["chat_id"])
    if not isinstance(chat, Group):
        return 2
    chat.reachable()
    return sum(status in PRESENT for status in chat.members.values())


def leave(world: World, asked: Asked) -> bool:
    """leaveChat."""
    group = _group(world, asked, "chat member status can't be changed in private chats")
    group.members[world.bot.id] = "left"
    return True


def _led_forum(world: World, asked: Asked) -> Group:
    group = _group(world, asked, "the chat is not a forum")
    if not group.forum:
        raise bad("the chat is not a forum")
    if group.status != "administrator":
        raise bad("not enough rights to create a topic")
    return group


def create_topic(world: World, asked: Asked) -> Json:
    """createForumTopic."""
    thread = _led_forum(world, asked).topic(asked["name"], world.bot)
    return {"message_thread_id": thread, "name": asked["name"], "icon_color": asked.get("icon_color", 7322096)}


def change_topic(world: World, asked: Asked) -> bool:
    """editForumTopic."""
    group = _led_forum(world, asked)
    topic = group.topics.get(asked["message_thread_id"])
    if topic is None or topic.deleted:
        raise bad("message thread not found")
    if asked.get("name", topic.name) == topic.name:
        raise bad("TOPIC_NOT_MODIFIED")
    topic.name = asked["name"]
    return True


def _open_topic(world: World, asked: Asked, *, closed: bool) -> bool:
    topic = _led_forum(world, asked).topics.get(asked["message_thread_id"])
    if topic is None or topic.deleted:
        raise bad("message thread not found")
    if topic.closed == closed:
        raise bad("TOPIC_NOT_MODIFIED")
    topic.closed = closed
    return True


def close_topic(world: World, asked: Asked) -> bool:
    """closeForumTopic."""
    return _open_topic(world, asked, closed=True)


def reopen_topic(world: World, asked: Asked) -> bool:
    """reopenForumTopic."""
    return _open_topic(world, asked, closed=False)


def get_file(world: World, asked: Asked) -> Json:
    """getFile."""
    if asked["file_id"] not in world.files:
        raise bad("wrong file_id or the file is temporarily unavailable")
    file = world.files[asked["file_id"]]
    if len(file.content) > 20 * 2**20:
        raise bad("file is too big")
    return file.as_json() | {"file_path": file.path}


METHODS = {
    "getChat": get_chat,
    "getChatMember": get_member,
    "getChatAdministrators": get_administrators,
    "getChatMemberCount": get_member_count,
    "leaveChat": leave,
    "createForumTopic": create_topic,
    "editForumTopic": change_topic,
    "closeForumTopic": close_topic,
    "reopenForumTopic": reopen_topic,
    "getFile": get_file,
}
