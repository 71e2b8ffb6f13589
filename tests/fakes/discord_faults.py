"""What goes wrong on demand: refusals, cut connections, stalls, garbage; and Discord's rate limits."""

import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from hashlib import sha1


@dataclass(frozen=True)
class Refuse:
    """Answer with this status and Discord's code; 429 takes `retry_after` (seconds) and `everywhere` (global)."""

    status: int
    code: int = 0
    message: str = ""
    retry_after: float = 0.0
    everywhere: bool = False


@dataclass(frozen=True)
class Cut:
    """Close the connection: before anything was done, or after the request took effect."""

    after: bool = False


@dataclass(frozen=True)
class Stall:
    """Do nothing for so many seconds, then go on as usual."""

    seconds: float


@dataclass(frozen=True)
class Garbage:
    """Answer with something that is not JSON; the request takes effect all the same, unless `status` is an error."""

    body: bytes = b"<html><body>502 Bad Gateway"
    status: int = 200


Fault = Refuse | Cut | Stall | Garbage


@dataclass
class Trouble:
    """A fault that still has to happen: to the next `times` requests (None: until lifted), after `skip` good ones."""

    route: str
    fault: Fault
    times: int | None = 1
    skip: int = 0
    happened: int = 0

    def strikes(self, route: str) -> bool:
        """Whether this request is hit; counts it. `*` in the route stands for anything."""
        if self.over or not fnmatchcase(route, self.route):
            return False
        if self.skip:
            self.skip -= 1
            return False
        self.happened += 1
        return True

    @property
    def over(self) -> bool:
        """Whether it has happened often enough."""
        return self.times is not None and self.happened >= self.times


@dataclass(frozen=True)
class Limit:
    """So many requests in so many seconds."""

    requests: int
    seconds: float


GENEROUS = Limit(100, 1.0)


@dataclass
class Window:
    """What is left of a limit, until when (monotonic)."""

    left: int
    until: float


@dataclass
class RateLimits:
    """Counts requests by route and major parameter (channel, guild, webhook); `by_route` is stricter than GENEROUS."""

    by_route: dict[str, Limit] = field(default_factory=dict)
    _windows: dict[tuple[str, str], Window] = field(default_factory=dict)
    _forbidden: dict[tuple[str, str], float] = field(default_factory=dict)

    def limit(self, route: str) -> Limit:
        """What applies to a route."""
        return next((limit for name, limit in self.by_route.items() if fnmatchcase(route, name)), GENEROUS)

    def count(self, route: str, major: str) -> float:
        """Count a request; the seconds to wait if it is too many (then it is not counted)."""
        now, limit = time.monotonic(), self.limit(route)
        window = self._windows.get((route, major))
        if window is None or window.until <= now:
            window = self._windows[(route, major)] = Window(limit.requests, now + limit.seconds)
        if window.left == 0:
            return window.until - now
        window.left -= 1
        return 0.0

    def forbid(self, route: str, major: str, seconds: float) -> None:
        """The bot was told to wait; `*`: with everything."""
        self._forbidden[(route, major)] = time.monotonic() + seconds

    def hurried(self, route: str, major: str) -> bool:
        """Whether a request comes before the wait it was told is over."""
        return time.monotonic() < max(self._forbidden.get(key, 0.0) for key in ((route, major), ("*", "")))

    def headers(self, route: str, major: str) -> Mapping[str, str]:
        """What Discord says about the bucket with each answer."""
        limit, window = self.limit(route), self._windows.get((route, major))
        left, until = (window.left, window.until) if window else (limit.requests, time.monotonic())
        after = max(0.0, until - time.monotonic())
        return {
            "X-RateLimit-Limit": str(limit.requests),
            "X-RateLimit-Remaining": str(left),
            "X-RateLimit-Reset": f"{time.time() + after:.3f}",
            "X-RateLimit-Reset-After": f"{after:.3f}",
            "X-RateLimit-Bucket": sha1(route.encode()).hexdigest()[:16],
        }

    def too_many(self, route: str, major: str, wait: float, *, everywhere: bool) -> tuple[object, dict[str, str]]:
        """Body and headers of a 429; `Via` tells it from one of Cloudflare's, which discord.py does not wait for."""
        self.forbid(*(("*", "") if everywhere else (route, major)), wait)
        body = {"message": "You are being rate limited.", "retry_after": round(wait, 3), "global": everywhere}
        headers = dict(self.headers(route, major)) | {"X-RateLimit-Remaining": "0", "Via": "1.1 google"}
        headers |= {"Retry-After": str(int(wait) + 1), "X-RateLimit-Scope": "global" if everywhere else "user"}
        headers |= {"X-RateLimit-Reset-After": f"{wait:.3f}", "X-RateLimit-Reset": f"{time.time() + wait:.3f}"}
        return body, headers | ({"X-RateLimit-Global": "true"} if everywhere else {})
