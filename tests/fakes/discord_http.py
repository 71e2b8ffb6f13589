"""A request's bytes as body and files, an answer's as Discord sends it, and the end of a connection without one."""

import json
import re
from typing import Any

from aiohttp import BodyPartReader, web

from tests.fakes.discord_model import Upload
from tests.fakes.discord_refusal import invalid

UNTYPED = "application/octet-stream"
FILE = re.compile(r"files\[(\d+)\]")


def cut(http: web.Request) -> web.Response:
    """Close the connection without an answer."""
    if http.transport is not None:
        http.transport.abort()
    return web.Response()


def answer(body: Any, status: int = 200, headers: dict[str, str] | None = None) -> web.Response:
    """JSON (204 for nothing). discord.py reads it only if the content type is exactly application/json."""
    if body is None and status == 200:
        return web.Response(status=204, headers=headers)
    sent = json.dumps(body).encode()
    return web.Response(body=sent, status=status, headers=headers, content_type="application/json")


async def read_request(http: web.Request) -> tuple[Any, dict[int, Upload]]:
    """The body and the files of a request, by their number."""
    if http.content_type.startswith("multipart/"):
        return await _multipart(http)
    raw = await http.read()
    if not raw:
        return {}, {}
    if http.content_type != "application/json":
        raise invalid("", f"a body of type {http.content_type}")
    return _parsed(raw), {}


def _parsed(raw: bytes) -> Any:
    try:
        return json.loads(raw)
    except ValueError as problem:
        raise invalid("", f"the body is not JSON: {problem}") from None


async def _multipart(http: web.Request) -> tuple[Any, dict[int, Upload]]:
    body: Any = {}
    files: dict[int, Upload] = {}
    async for part in await http.multipart():
        assert isinstance(part, BodyPartReader)
        content, name = bytes(await part.read()), part.name or ""
        if (match := FILE.fullmatch(name)) and part.filename:
            files[int(match[1])] = Upload(content, part.filename, part.headers.get("Content-Type", UNTYPED))
        elif name == "payload_json":
            body = _parsed(content)
        else:
            raise invalid("", f"a part named {name!r}")
    return body, files
