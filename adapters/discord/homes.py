"""Where the bot was spoken to: the channels of each server, and the places at which it could not be heard since."""

from collections import OrderedDict

from bot.ask import Account
from bot.keep import Memory

DAYS = 400
_REMEMBERED = 10_000


class Homes:
    """The channels of servers in which something was said, and what was lost."""

    def __init__(self, memory: Memory) -> None:
        self._memory = memory
        self._known: OrderedDict[int, set[int]] = OrderedDict()
        self._lost: OrderedDict[int, bool] = OrderedDict()

    async def note(self, guild: int, channel: int) -> None:
        """Something is said in a channel."""
        known = await self.of(guild)
        if channel not in known:
            known.add(channel)
            await self._keep(guild)

    async def of(self, guild: int) -> set[int]:
        """The channels of a server."""
        if (known := self._known.get(guild)) is None:
            kept = await self._memory.get("home", guild)
            known = self._known.setdefault(guild, {int(each) for each in (kept or "").split()})
            if len(self._known) > _REMEMBERED:
                self._known.popitem(last=False)
        return known

    async def drop(self, guild: int, channel: int) -> bool:
        """A channel is gone; whether something was ever said there."""
        known = await self.of(guild)
        if channel not in known:
            return False
        known.discard(channel)
        await self._keep(guild)
        return True

    async def lose(self, key: int, about: Account | None) -> None:
        """Nothing could be said in a channel, or to a person (`about`): by their id."""
        self._lost[key] = True
        await self._memory.put("lost", key, "1", DAYS, about)

    async def found(self, key: int) -> bool:
        """Somebody speaks there: whether it was lost until now."""
        if (lost := self._lost.get(key)) is None:
            lost = await self._memory.get("lost", key) is not None
            if len(self._lost) >= _REMEMBERED:
                self._lost.popitem(last=False)
        self._lost[key] = False
        if lost:
            await self._memory.drop("lost", key)
        return lost

    async def _keep(self, guild: int) -> None:
        known = self._known[guild]
        await self._memory.put("home", guild, " ".join(map(str, sorted(known))), DAYS)
