"""Text as Telegram counts and checks it: UTF-16 units, entities, what it finds in a person's message by itself."""

import html
import re
from itertools import accumulate
from typing import Any

from tests.fakes.telegram_refusal import bad, unplaced

Entity = dict[str, Any]

MOST_ENTITIES = 100
SPLITTABLE = {"bold", "italic", "underline", "strikethrough", "spoiler"}  # may lie in and around others
QUOTES = {"blockquote", "expandable_blockquote"}
FIXED = {"code", "pre"}  # hold nothing
LINKS = {"text_link", "text_mention", "mention", "hashtag", "cashtag", "bot_command", "url", "email", "phone_number"}
KNOWN = SPLITTABLE | QUOTES | FIXED | LINKS
NEEDS = {"text_link": "url", "text_mention": "user"}
FOUND = re.compile(
    r"(?P<url>https?://[^\s]+)|(?P<email>\b[\w.+-]+@[\w-]+\.[\w.]+\b)|(?<!\w)(?P<mention>@\w{3,32})\b"
    r"|(?<![\w/])(?P<bot_command>/\w{1,64}(?:@\w{3,32})?)|(?<!\w)(?P<hashtag>#\w+)"
)
TAGS = {"bold": "b", "italic": "i", "underline": "u", "strikethrough": "s", "spoiler": "tg-spoiler", "code": "code"}


def units(text: str) -> int:
    """The length in UTF-16 units."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def _offsets(text: str) -> list[int]:
    """Where each character begins, in UTF-16 units, and where the text ends."""
    return [0, *accumulate(1 + (ord(sign) > 0xFFFF) for sign in text)]


def found(text: str) -> list[Entity]:
    """The entities Telegram finds in a message by itself: commands, mentions, addresses, hashtags."""
    at = _offsets(text)
    return [
        {"type": match.lastgroup, "offset": at[match.start()], "length": at[match.end()] - at[match.start()]}
        for match in FOUND.finditer(text)
    ]


def clean(text: str, entities: list[Entity]) -> tuple[str, list[Entity]]:
    """The text as Telegram keeps it: entities checked, then the ends trimmed."""
    check(text, entities)
    first = min((entity["offset"] for entity in entities), default=len(text))
    cut = min(len(text) - len(text.lstrip(" \n")), first)
    kept = text[cut:].rstrip()
    end = units(kept)
    moved = [entity | {"offset": entity["offset"] - cut} for entity in entities]
    fitted = [entity | {"length": min(entity["length"], end - entity["offset"])} for entity in moved]
    return kept, sorted((entity for entity in fitted if entity["length"] > 0), key=lambda entity: entity["offset"])


def check(text: str, entities: list[Entity]) -> None:
    """Refuse entities that Telegram refuses, and those that it would drop or cut."""
    if len(entities) > MOST_ENTITIES:
        raise unplaced(f"{len(entities)} entities, of which Telegram shows {MOST_ENTITIES}")
    at = _offsets(text)
    begins = set(at)
    for entity in entities:
        _within(entity, begins, at[-1])
        _whole(entity)
    ordered = sorted(entities, key=lambda entity: (entity["offset"], -entity["length"]))
    open_: list[Entity] = []
    for entity in ordered:
        while open_ and _end(open_[-1]) <= entity["offset"]:
            open_.pop()
        for outer in open_:
            _nested(outer, entity)
        open_.append(entity)


def _end(entity: Entity) -> int:
    return int(entity["offset"] + entity["length"])


def _within(entity: Entity, begins: set[int], size: int) -> None:
    offset, length, end = entity["offset"], entity["length"], _end(entity)
    if offset < 0:
        raise bad(f"receive an entity with incorrect offset {offset}")
    if length < 0:
        raise bad(f"receive an entity with incorrect length {length}")
    if length == 0:
        raise unplaced(f"an empty entity at {offset}, which Telegram drops")
    if offset >= size:
        raise bad(f"entity begins after the end of the text at UTF-16 offset {offset}")
    if end > size:
        raise bad(f"entity beginning at UTF-16 offset {offset} ends after the end of the text at UTF-16 offset {end}")
    if offset not in begins:
        raise bad(f"entity begins in a middle of a UTF-16 symbol at UTF-16 offset {offset}")
    if end not in begins:
        raise bad(f"entity beginning at UTF-16 offset {offset} ends in a middle of a UTF-16 symbol")


def _whole(entity: Entity) -> None:
    kind = entity["type"]
    if kind not in KNOWN:
        raise unplaced(f"can't parse MessageEntity: Unsupported type specified: {kind}")
    if NEEDS.get(kind, "type") not in entity:
        raise unplaced(f"can't parse MessageEntity: Can't find field \"{NEEDS[kind]}\"")
    if kind == "text_link":
        address(entity["url"], "entity URL")


def _nested(outer: Entity, inner: Entity) -> None:
    """One entity that begins within another: where Telegram would drop one of them, it is a violation."""
    kinds = (outer["type"], inner["type"])
    if _end(inner) > _end(outer):
        raise unplaced(f"entities overlap: {kinds[0]} at {outer['offset']} and {kinds[1]} at {inner['offset']}")
    same = (inner["offset"], inner["length"]) == (outer["offset"], outer["length"])
    if (kinds[0] in FIXED and not (same and kinds[1] in SPLITTABLE | QUOTES)) or (
        kinds[0] in LINKS and kinds[1] not in SPLITTABLE and not (same and kinds[1] in QUOTES)
    ):
        raise unplaced(f"{kinds[1]} within {kinds[0]} at {inner['offset']}, of which Telegram drops one")
    if kinds[0] in QUOTES and kinds[1] in QUOTES:
        raise unplaced(f"a quotation within a quotation at {inner['offset']}")


def address(url: str, owner: str) -> None:
    """Refuse what Telegram takes for no address."""
    if re.match(r"(?i)(tg|ton):(//)?[\w-]+", url):
        return
    host = re.fullmatch(
        r"(?i)(?:https?://)?(?:[^/@\s]*@)?(?P<host>\[[0-9a-f:.]+\]|[^\s/:?#]+)(?::\d+)?([/?#]\S*)?", url
    )
    if not host or ("." not in host["host"] and not host["host"].startswith("[")):
        raise bad(f"{owner} '{url}' is invalid: Wrong HTTP URL")


def as_html(text: str, entities: list[Entity]) -> str:
    """The text with its entities as tags, for a test to read."""
    at = {offset: index for index, offset in enumerate(_offsets(text))}
    opens: dict[int, list[str]] = {}
    closes: dict[int, list[str]] = {}
    for entity in sorted(entities, key=lambda entity: (entity["offset"], -entity["length"])):
        begin, end = _tags(entity)
        opens.setdefault(at[entity["offset"]], []).append(begin)
        closes.setdefault(at[_end(entity)], []).insert(0, end)
    pieces = (
        "".join(closes.get(i, [])) + "".join(opens.get(i, [])) + html.escape(sign, quote=False)
        for i, sign in enumerate(text)
    )
    return "".join(pieces) + "".join(closes.get(len(text), []))


def _tags(entity: Entity) -> tuple[str, str]:
    kind = entity["type"]
    if kind == "text_link":
        return f'<a href="{html.escape(entity["url"])}">', "</a>"
    if kind == "pre" and entity.get("language"):
        return f'<pre><code class="language-{entity["language"]}">', "</code></pre>"
    tag = TAGS.get(kind, kind)
    return (f"<{tag}>", f"</{tag}>") if kind not in LINKS else ("", "")
