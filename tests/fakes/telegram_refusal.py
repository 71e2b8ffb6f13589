"""How the made Telegram says no: the codes and the wording of the Bot API."""

NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same "
    "as a current content and reply markup of the message"
)
TOO_OLD = "query is too old and response timeout expired or query ID is invalid"
OTHER_POLLER = "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"
BY_WEBHOOK = "Conflict: terminated by setWebhook request"
WEBHOOK_ACTIVE = (
    "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
)

PREFIXES = {400: "Bad Request", 401: "Unauthorized", 403: "Forbidden", 404: "Not Found", 500: "Internal Server Error"}
PLAIN = {429: "Too Many Requests", 502: "Bad Gateway", 504: "Gateway Timeout"}


class Refusal(Exception):
    """A request answered with `ok: false`; `description` is the whole of it, prefix included."""

    def __init__(
        self, code: int, description: str, *, retry_after: int | None = None, migrate_to: int | None = None
    ) -> None:
        super().__init__(f"{code} {description}")
        self.code = code
        self.description = description
        self.parameters: dict[str, int] = {}
        if retry_after is not None:
            self.parameters["retry_after"] = retry_after
        if migrate_to is not None:
            self.parameters["migrate_to_chat_id"] = migrate_to

    def as_json(self) -> dict[str, object]:
        """The body of the answer."""
        body: dict[str, object] = {"ok": False, "error_code": self.code, "description": self.description}
        return body | ({"parameters": self.parameters} if self.parameters else {})


class Unplaced(Refusal):
    """A request Telegram would not know what to do with, or would silently maim: recorded as a violation."""


def bad(words: str) -> Refusal:
    """400; `words` begin in lower case, as Telegram's do."""
    return Refusal(400, f"Bad Request: {words}")


def unplaced(words: str) -> Unplaced:
    """400, and a violation."""
    return Unplaced(400, f"Bad Request: {words}")


def forbidden(words: str) -> Refusal:
    """403."""
    return Refusal(403, f"Forbidden: {words}")


def flooded(seconds: int) -> Refusal:
    """429: come back in so many seconds."""
    return Refusal(429, f"Too Many Requests: retry after {seconds}", retry_after=seconds)


def plain(code: int) -> str:
    """What Telegram says with a code when there is nothing more to say."""
    return PREFIXES.get(code) or PLAIN.get(code) or "Error"
