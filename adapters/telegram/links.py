"""Deep links: what `t.me/<bot>?start=…` says. A line of ours is lent to one person only, so that nobody can be sent
a link that makes them say something."""

import base64
import hashlib
import json
import re

from bot.ask import Account
from bot.keep import Memory

DAYS = 7
_LENT = "go_"
_EXPLAIN = re.compile(r"explain_([\w-]{1,56})\Z")


class Links:
    """Makes and reads deep links."""

    def __init__(self, memory: Memory) -> None:
        self._memory = memory

    async def lend(self, line: str, account: Account, username: str) -> str:
        """An address at which this account, and no other, says the line in its private chat."""
        handle = base64.urlsafe_b64encode(hashlib.sha256(f"{account.id} {line}".encode()).digest()[:18]).decode()
        await self._memory.put("lent", handle, json.dumps([account.id, line]), DAYS, account)
        return f"https://t.me/{username}?start={_LENT}{handle}"

    async def line(self, line: str, account: Account) -> str:
        """The line that `/start <payload>` stands for; any other line as it is."""
        name, _, payload = line.partition(" ")
        payload = payload.strip()
        if name.casefold() != "/start" or not payload:
            return line
        if found := _EXPLAIN.match(payload):
            return f"/explain {found.group(1).replace('_', ' ')}"
        if payload.startswith(_LENT) and (kept := await self._memory.get("lent", payload[len(_LENT) :])):
            whose, lent = json.loads(kept)
            if whose == account.id:
                return str(lent)
        return "/start"


def explains(username: str, topic: str) -> str:
    """The address that opens a topic's card in the private chat."""
    return f"https://t.me/{username}?start=explain_{topic}"
