"""Which of the bot's shards run in this process."""

import re

from adapters.discord.hello import WrongToken

_PART = re.compile(r"(\d{1,5})(?:-(\d{1,5}))?/(\d{1,5})")


def read(text: str) -> tuple[list[int] | None, int | None]:
    """`0-3/16` -> shards 0 to 3 of 16; "" -> all, as many as Discord recommends. Raises WrongToken."""
    if not text.strip():
        return None, None
    found = _PART.fullmatch(text.strip())
    if found:
        first, last, count = int(found[1]), int(found[2] or found[1]), int(found[3])
        if first <= last < count:
            return list(range(first, last + 1)), count
    raise WrongToken(f"CAIRN_DISCORD_SHARDS is {text!r}: write the first and last shard and how many there are: 0-3/16")
