"""A thread: it has its parent's permissions, can be archived and locked, and opens when somebody writes."""

from datetime import UTC, datetime

from tests.fakes.discord_channel import Channel
from tests.fakes.discord_model import Json, Permission, User
from tests.fakes.discord_refusal import archived, missing_permissions

PUBLIC, PRIVATE = 11, 12


class Thread(Channel):
    """A thread. `owner`: who made it; `locked`: only who manages threads may open it."""

    def __init__(
        self, parent: Channel, name: str, owner: User, *, kind: int = PUBLIC, number: int | None = None
    ) -> None:
        super().__init__(parent.world, name, parent.guild, number)
        self.parent = parent
        self.owner = owner
        self.kind = kind
        self.archived = False
        self.locked = False
        self.minutes = 4320

    def as_json(self) -> Json:
        """A Channel, with what threads have."""
        now = datetime.now(UTC).isoformat()
        data = {"archived": self.archived, "locked": self.locked, "auto_archive_duration": self.minutes}
        made: Json = {"id": str(self.id), "type": self.kind, "name": self.name, "parent_id": str(self.parent.id)}
        made |= {"owner_id": str(self.owner.id), "thread_metadata": data | {"archive_timestamp": now}, "flags": 0}
        made |= {"message_count": len(self.log), "member_count": 1, "rate_limit_per_user": 0, "last_message_id": None}
        return made | self.where()

    def permissions(self, user: User) -> Permission:
        """The parent's."""
        return self.parent.permissions(user)

    def writable(self, *more: Permission) -> None:
        """Writing opens an archived thread, unless it is locked."""
        self.reachable()
        if not self.may(self.world.bot, Permission.SEND_MESSAGES_IN_THREADS, *more):
            raise missing_permissions()
        if self.archived and self.locked and not self.may(self.world.bot, Permission.MANAGE_THREADS):
            raise archived()
        if self.archived:
            self.set(archived=False)

    def set(self, *, archived: bool | None = None, locked: bool | None = None) -> None:
        """Archive, open, lock, unlock."""
        self.archived = self.archived if archived is None else archived
        self.locked = self.locked if locked is None else locked
        self.changed("THREAD_UPDATE")

    def delete(self) -> None:
        """Somebody deletes the thread."""
        self.deleted = True
        self.changed("THREAD_DELETE")
