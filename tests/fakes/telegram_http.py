"""A request's bytes as fields and files, and the end of a connection without an answer."""

import json
from typing import Any

from aiohttp import web

from tests.fakes.telegram_facts import Upload
from tests.fakes.telegram_refusal import Refusal, unplaced


def cut(http: web.Request) -> web.Response:
    """Close the connection without an answer."""
    if http.transport is not None:
        http.transport.abort()
    return web.Response()


async def read_request(http: web.Request) -> tuple[dict[str, Any], dict[str, Upload]]:
    """The fields and files of a request, as form, multipart, JSON or query."""
    sent: dict[str, Any] = dict(http.query)
    files: dict[str, Upload] = {}
    try:
        if http.content_type == "application/json":
            sent |= json.loads(await http.read() or b"{}")
        elif http.content_type.startswith("multipart/"):
            async for part in await http.multipart():
                await _part(part, sent, files)
        else:
            sent |= await http.post()
    except web.HTTPRequestEntityTooLarge:
        raise Refusal(413, "Request Entity Too Large") from None
    except UnicodeDecodeError:
        raise unplaced("strings must be encoded in UTF-8") from None
    except (ValueError, TypeError) as problem:
        raise unplaced(f"can't parse the request: {problem}") from None
    return sent, files


async def _part(part: Any, sent: dict[str, Any], files: dict[str, Upload]) -> None:
    content = bytes(await part.read())
    if part.filename is None:
        sent[part.name] = content.decode()
    else:
        files[part.name] = Upload(content, part.filename, part.headers.get("Content-Type", "application/octet-stream"))
