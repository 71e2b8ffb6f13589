"""What Discord asks of a message beyond its schema: lengths in all, what goes together, what files are for."""

import re
from collections.abc import Collection, Mapping
from typing import Any

from tests.fakes.discord_components import check_components, texts, walk
from tests.fakes.discord_model import COMPONENTS_V2, EPHEMERAL, LOADING, SILENT, SUPPRESS_EMBEDS, Json
from tests.fakes.discord_refusal import empty_message, invalid

MOST_CONTENT = 2000
MOST_EMBEDDED = 6000
MOST_FILES = 10
ATTACHED = re.compile(r"attachment://(.+)")
SENT_FLAGS = SUPPRESS_EMBEDS | EPHEMERAL | SILENT | COMPONENTS_V2


def check_message(body: Mapping[str, Any], files: Collection[str], flags: int | None = None) -> None:
    """Refuse a message, as it would be shown: with all its parts. `files`: the names of what is attached.

    `flags`: those the message has by now.
    """
    asked = body.get("flags") or 0
    if asked & ~(SENT_FLAGS | LOADING):
        raise invalid("flags", f"{asked} has bits a bot cannot set")
    modern = bool((asked | (flags or 0)) & COMPONENTS_V2)
    content: str = body.get("content") or ""
    embeds: list[Json] = body.get("embeds") or []
    components: list[Json] = body.get("components") or []
    if len(content) > MOST_CONTENT:
        raise invalid("content", f"Must be {MOST_CONTENT} or fewer in length, is {len(content)}")
    if modern and (content or embeds):
        raise invalid("flags", "content and embeds cannot stand beside Components V2")
    if not (content.strip() or embeds or components or files) or (modern and not components):
        raise empty_message()
    _embeds(embeds)
    check_components(components, modern=modern)
    _mentions(body.get("allowed_mentions") or {})
    _files(embeds, components, files, modern=modern)


def _embeds(embeds: list[Json]) -> None:
    total = 0
    for number, embed in enumerate(embeds):
        lines = list(embed_texts(embed))
        total += sum(len(line) for line in lines)
        pictures = [embed.get(name) for name in ("image", "thumbnail")]
        if not any(line.strip() for line in lines) and not any(pictures):
            raise invalid(f"embeds.{number}", "This embed is empty")
        for place, field in enumerate(embed.get("fields") or []):
            if not field["name"].strip() or not field["value"].strip():
                raise invalid(f"embeds.{number}.fields.{place}", "name and value are required")
    if total > MOST_EMBEDDED:
        raise invalid("embeds", f"Embed size exceeds maximum size of {MOST_EMBEDDED}: {total}")


def embed_texts(embed: Json) -> list[str]:
    """What is to read in an embed, in order."""
    found = [(embed.get("author") or {}).get("name"), embed.get("title"), embed.get("description")]
    found += [text for field in embed.get("fields") or [] for text in (field["name"], field["value"])]
    return [text for text in (*found, (embed.get("footer") or {}).get("text")) if text]


def _mentions(allowed: Mapping[str, Any]) -> None:
    for kind in ("users", "roles"):
        if kind in (allowed.get("parse") or []) and allowed.get(kind):
            raise invalid("allowed_mentions.parse", f"parse has {kind!r}, and {kind} are listed too")


def _files(embeds: list[Json], components: list[Json], files: Collection[str], *, modern: bool) -> None:
    if len(files) > MOST_FILES:
        raise invalid("attachments", f"Must be {MOST_FILES} or fewer in length")
    used = set()
    for address in (*_pictures(embeds), *_media(components)):
        if match := ATTACHED.fullmatch(address):
            if match[1] not in files:
                raise invalid("attachments", f"{address} names no attached file")
            used.add(match[1])
    if modern and (unseen := set(files) - used):
        raise invalid("attachments", f"no component shows {sorted(unseen)}, so nobody would see it")


def _pictures(embeds: list[Json]) -> list[str]:
    parts = [embed.get(name) or {} for embed in embeds for name in ("image", "thumbnail")]
    parts += [{"url": (embed.get(name) or {}).get("icon_url")} for embed in embeds for name in ("author", "footer")]
    return [part["url"] for part in parts if part.get("url")]


def _media(components: list[Json]) -> list[str]:
    found = []
    for component in walk(components):
        shown = [component, *(component.get("items") or [])]
        found += [part[name]["url"] for part in shown for name in ("media", "file") if isinstance(part.get(name), dict)]
    return found


def readable(content: str, embeds: list[Json], components: list[Json]) -> str:
    """All that a person reads in a message, line by line; labels of buttons and options not."""
    embedded = [line for embed in embeds for line in embed_texts(embed)]
    return "\n".join(line for line in (content, *embedded, *texts(components)) if line)
