"""How the gateway talks on one connection: HELLO, IDENTIFY or RESUME, heartbeats, and how it ends."""

import json
from typing import Any

from aiohttp import WSMsgType, web

from tests.fakes.discord_gateway import INVALID
from tests.fakes.discord_model import Json
from tests.fakes.discord_session import PRIVILEGED, Intent, Session, Socket
from tests.fakes.discord_world import World

HEARTBEAT, IDENTIFY, PRESENCE, RESUME, REQUEST_MEMBERS, HELLO, ACK = 1, 2, 3, 6, 8, 10, 11
UNKNOWN_OP, NOT_READ, NOT_IN, WRONG_TOKEN, TWICE, BAD_SHARD = 4001, 4002, 4003, 4004, 4005, 4010
BAD_INTENTS, NOT_ALLOWED = 4013, 4014
COMPRESSIONS = (None, "zlib-stream")


class Talk:
    """Answers on the bot's connections; what they add up to is kept by the world's gateway."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.gateway = world.gateway

    async def connect(self, http: web.Request) -> web.StreamResponse:
        """A connection, from HELLO until it is closed."""
        gateway = self.gateway
        if gateway.down:
            return web.Response(status=503)
        compress = http.query.get("compress")
        if http.query.get("v") != "10" or http.query.get("encoding") != "json" or compress not in COMPRESSIONS:
            self.world.violations.append(f"gateway: cannot speak {http.query_string}")
        ws = web.WebSocketResponse(max_msg_size=4096, timeout=0.1)
        await ws.prepare(http)
        socket = Socket(ws, http, compressed=compress == "zlib-stream")
        self.gateway.sockets.add(socket)
        socket.put(HELLO, {"heartbeat_interval": self.gateway.heartbeat_interval, "_trace": []})
        try:
            async for received in ws:
                if received.type is not WSMsgType.TEXT:
                    await socket.close(NOT_READ)
                elif not await self._heard(socket, received.data):
                    break
        finally:
            self.gateway.sockets.discard(socket)
            self._lost(socket, ws.close_code)
            socket.stop()
        return ws

    def _lost(self, socket: Socket, code: int | None) -> None:
        """The session stays for a resume, unless the bot said goodbye (1000, 1001)."""
        session = socket.session
        if session is not None and session.socket is socket:
            session.socket = None
            if code in (1000, 1001) and not socket.closing:
                self.gateway.sessions.pop(session.id, None)
        self.world.beat()

    async def _heard(self, socket: Socket, text: str) -> bool:
        try:
            said = json.loads(text)
            op, data = said["op"], said["d"]
        except (ValueError, KeyError, TypeError):
            return await self._end(socket, NOT_READ, f"cannot read {text}")
        if op == HEARTBEAT:
            self.gateway.beats += 1
            if self.gateway.acking:
                socket.put(ACK, None)
        elif op in (IDENTIFY, RESUME):
            return await (self._identify if op == IDENTIFY else self._resume)(socket, data)
        elif socket.session is None:
            return await self._end(socket, NOT_IN, f"op {op} before identify")
        elif op == PRESENCE:
            self.gateway.presence = data
        elif op == REQUEST_MEMBERS:
            self._members(socket.session, data)
        else:
            return await self._end(socket, UNKNOWN_OP, f"cannot place op {op}: {data}")
        self.world.beat()
        return True

    async def _end(self, socket: Socket, code: int, problem: str = "") -> bool:
        if problem:
            self.world.violations.append(f"gateway: {problem}")
        await socket.close(code)
        return False

    async def _identify(self, socket: Socket, data: Json) -> bool:
        if data.get("token") != self.world.token:
            return await self._end(socket, WRONG_TOKEN)
        if socket.session is not None:
            return await self._end(socket, TWICE, "identified twice")
        intents, (shard, count) = data.get("intents"), data.get("shard") or (0, 1)
        if not isinstance(intents, int) or intents < 0 or intents >> 26:
            return await self._end(socket, BAD_INTENTS, f"invalid intents {intents}")
        if not 0 <= shard < count:
            return await self._end(socket, BAD_SHARD, f"invalid shard {shard} of {count}")
        if intents & PRIVILEGED & ~self.gateway.privileged:
            return await self._end(socket, NOT_ALLOWED)
        self.gateway.identified += 1
        session = Session(f"session{self.world.number()}", intents, shard, count, socket)
        for other in [
            other for other in self.gateway.sessions.values() if other.socket is None and other.shard == shard
        ]:
            del self.gateway.sessions[other.id]
        self.gateway.sessions[session.id] = socket.session = session
        self._welcome(session, sharded="shard" in data)
        self.world.beat()
        return True

    def _welcome(self, session: Session, *, sharded: bool) -> None:
        guilds = [guild for guild in self.world.guilds.values() if guild.has_bot and session.has(guild.id)]
        ready: dict[str, Any] = {"v": 10, "user": self.world.bot.as_json(), "session_id": session.id}
        ready |= {"guilds": [{"id": str(guild.id), "unavailable": True} for guild in guilds]}
        ready |= {"resume_gateway_url": self.world.resume_url, "private_channels": []}
        ready |= {"application": {"id": str(self.world.application_id), "flags": 0}, "_trace": []}
        session.dispatch("READY", ready | ({"shard": [session.shard, session.shards]} if sharded else {}))
        if session.intents & Intent.GUILDS:
            for guild in guilds:
                session.dispatch("GUILD_CREATE", guild.as_json())

    async def _resume(self, socket: Socket, data: Json) -> bool:
        if data.get("token") != self.world.token:
            return await self._end(socket, WRONG_TOKEN)
        session = self.gateway.sessions.get(data.get("session_id", ""))
        if session is None or not isinstance(data.get("seq"), int) or data["seq"] > session.seq:
            socket.put(INVALID, False)
            return True
        self.gateway.resumed += 1
        old, session.socket, socket.session = session.socket, socket, session
        if old is not None:
            await old.close(4000)
        session.replay(data["seq"])
        session.dispatch("RESUMED", {"_trace": []})
        self.world.beat()
        return True

    def _members(self, session: Session, data: Json) -> None:
        guild = self.world.guilds[int(data["guild_id"])]
        wanted = {int(number) for number in data.get("user_ids") or []}
        found = [guild.member_json(user) for user in guild.people if user.id in wanted]
        chunk: Json = {"guild_id": str(guild.id), "members": found, "chunk_index": 0, "chunk_count": 1, "not_found": []}
        session.dispatch("GUILD_MEMBERS_CHUNK", chunk | ({"nonce": data["nonce"]} if "nonce" in data else {}))
