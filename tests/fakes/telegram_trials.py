"""What a test puts the bot through: faults on demand and flood limits, and whether it waits as it is told."""

import re
import time
from collections.abc import Mapping
from typing import Any

from tests.fakes.telegram_faults import Fault, Flood, FloodLimits, Refuse, Trouble
from tests.fakes.telegram_group import Group
from tests.fakes.telegram_refusal import Refusal, flooded, plain
from tests.fakes.telegram_world import Request, World

COUNTED = re.compile(r"send(?!ChatAction)|edit|copy|forward|stopPoll")  # towards the flood limits


class Trials(World):
    """A Telegram that makes trouble. `hurried`: requests that came before a `retry_after` was over."""

    def __init__(self, username: str, *, privacy: bool, flood: FloodLimits | None) -> None:
        super().__init__(username, privacy=privacy)
        self.troubles: list[Trouble] = []
        self.hurried: list[Request] = []
        self.flood = Flood(flood) if flood else None
        self._until: dict[int | None, float] = {}  # by chat (None: the whole bot), the end of a `retry_after`

    def trouble(self, method: str, fault: Fault, times: int | None = 1, *, skip: int = 0) -> Trouble:
        """Let a fault happen to the next requests of a method (`*`: of any); `times` None: until `calm`."""
        self.troubles.append(made := Trouble(method, fault, times, skip))
        return made

    def calm(self) -> None:
        """No more faults."""
        self.troubles.clear()

    def struck(self, method: str) -> Fault | None:
        """The fault that hits this request, if any."""
        return next((trouble.fault for trouble in self.troubles if trouble.strikes(method)), None)

    def hold_back(self, request: Request, chat_id: int | None) -> None:
        """Hold the bot to the flood limits, and note when it did not wait as it was told."""
        if not COUNTED.match(request.method):
            return
        if request.at < max(self._until.get(None, 0.0), self._until.get(chat_id, 0.0)):
            self.hurried.append(request)
        if self.flood is None or chat_id not in self.chats:
            return
        if seconds := self.flood.wait(chat_id, group=isinstance(self.chats[chat_id], Group)):
            self._until[chat_id] = time.monotonic() + seconds
            raise flooded(seconds)

    def demanded(self, fault: Refuse, sent: Mapping[str, Any]) -> Refusal:
        """The refusal that a fault wants."""
        if fault.code == 429 and fault.retry_after is not None:
            chat_id = str(sent.get("chat_id", ""))
            key = int(chat_id) if re.fullmatch(r"-?\d+", chat_id) else None
            self._until[key] = time.monotonic() + fault.retry_after
            return flooded(fault.retry_after)
        words = fault.description or plain(fault.code)
        return Refusal(fault.code, words, retry_after=fault.retry_after, migrate_to=fault.migrate_to)
