"""The gateway as a test drives it: its sessions, which events reach which of them, and how they are disturbed."""

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from tests.fakes.discord_model import Json
from tests.fakes.discord_session import Session, Socket

if TYPE_CHECKING:
    from tests.fakes.discord_guild import Guild
    from tests.fakes.discord_world import World

RECONNECT, INVALID = 7, 9


class Gateway:
    """All connections of the bot. `down`: connecting is refused. `acking`: whether heartbeats are answered."""

    def __init__(self, world: "World", privileged: int) -> None:
        self.world = world
        self.privileged = privileged
        self.sessions: dict[str, Session] = {}
        self.down = False
        self.acking = True
        self.heartbeat_interval = 41250  # milliseconds
        self.beats = 0
        self.identified = 0
        self.resumed = 0
        self.presence: Json | None = None
        self.sockets: set[Socket] = set()

    @property
    def connected(self) -> list[Session]:
        """The sessions that have a socket now."""
        return [session for session in self.sessions.values() if session.socket is not None]

    async def ready(self, shards: int = 1, within: float = 10.0) -> None:
        """Wait until so many sessions are there."""
        what = f"{shards} sessions on the gateway"
        await self.world.until(lambda: len(self.connected) >= shards or None, within=within, what=what)

    def emit(
        self,
        event: str,
        data: Json | Callable[[Session], Json],
        intent: int = 0,
        guild: "Guild | int | None" = None,
    ) -> None:
        """Tell the sessions whose shard has the server (none: shard 0) and which asked for that intent."""
        number = guild if isinstance(guild, int) or guild is None else guild.id
        for session in self._of(number):
            if not intent or session.intents & intent:
                session.dispatch(event, data(session) if callable(data) else data)

    def _of(self, guild: int | None) -> Iterator[Session]:
        for session in list(self.sessions.values()):
            if session.has(guild):
                yield session

    async def drop(self, code: int | None = None) -> None:
        """Close every socket, with a code or (None) as when the network fails; the sessions can be resumed."""
        for socket in list(self.sockets):
            await socket.close(code)

    def reconnect(self) -> None:
        """Ask the bot to connect again."""
        for session in self.connected:
            session.say(RECONNECT, None)

    def invalidate(self, *, resumable: bool = False) -> None:
        """Say that the sessions are invalid; without `resumable` they are forgotten."""
        for session in self.connected:
            session.say(INVALID, resumable)
        if not resumable:
            self.forget()

    def forget(self) -> None:
        """Forget all sessions: what tries to resume is refused."""
        self.sessions.clear()
