"""Members of a group as JSON: ChatMember in its six kinds, and the update that tells of a change."""

from typing import TYPE_CHECKING

from tests.fakes.telegram_model import Json, User

if TYPE_CHECKING:
    from tests.fakes.telegram_chats import Chat

RIGHTS = [
    f"can_{right}"
    for right in (
        "be_edited",
        "manage_chat",
        "delete_messages",
        "manage_video_chats",
        "restrict_members",
        "promote_members",
        "change_info",
        "invite_users",
        "post_stories",
        "edit_stories",
        "delete_stories",
        "pin_messages",
        "manage_topics",
    )
]
SENT = ("messages", "audios", "documents", "photos", "videos", "video_notes", "voice_notes", "polls", "other_messages")
FREEDOMS = [f"can_send_{what}" for what in SENT] + [
    f"can_{right}"
    for right in (
        "change_info",
        "invite_users",
        "pin_messages",
        "manage_topics",
        "add_web_page_previews",
        "react_to_messages",
        "edit_tag",
    )
]


def member(user: User, status: str) -> Json:
    """A ChatMember of that status."""
    made: Json = {"user": user.as_json(), "status": status}
    if status in ("creator", "administrator"):
        made["is_anonymous"] = False
    if status == "administrator":
        made |= dict.fromkeys(RIGHTS, True) | {"can_promote_members": False, "can_be_edited": False}
    if status in ("restricted", "absent"):
        made |= dict.fromkeys(FREEDOMS, False) | {"status": "restricted", "is_member": status == "restricted"}
    if status in ("restricted", "absent", "kicked"):
        made["until_date"] = 0
    return made


def change(chat: "Chat", by: User, user: User, before: str, after: str) -> Json:
    """A ChatMemberUpdated."""
    made: Json = {"chat": chat.as_json(), "from": by.as_json(), "date": chat.world.now()}
    return made | {"old_chat_member": member(user, before), "new_chat_member": member(user, after)}
