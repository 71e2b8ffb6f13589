"""How the made Discord says no: the HTTP status, the code and the wording of its API."""

from typing import Any

BLANK = "Invalid Form Body"


class Refusal(Exception):
    """A request answered with an error. `code` is Discord's own, `status` that of HTTP."""

    def __init__(self, status: int, code: int, message: str) -> None:
        super().__init__(f"{status} {code} {message}")
        self.status = status
        self.code = code
        self.message = message

    def as_json(self) -> dict[str, Any]:
        """The body of the answer."""
        return {"message": self.message, "code": self.code}


class Unplaced(Refusal):
    """A request that breaks a rule, or that Discord would silently maim: recorded as a violation. `path`: where."""

    def __init__(self, path: str, problem: str, *, code: int = 50035, message: str = BLANK, status: int = 400) -> None:
        super().__init__(status, code, message)
        self.path = path
        self.problem = problem

    def as_json(self) -> dict[str, Any]:
        """The body of the answer, with the place of the fault as Discord nests it."""
        body = super().as_json()
        errors: dict[str, Any] = {"_errors": [{"code": "INVALID", "message": self.problem}]}
        for part in reversed([part for part in self.path.split(".") if part]):
            errors = {part: errors}
        return body | {"errors": errors}

    def __str__(self) -> str:
        return f"{self.path or 'the request'}: {self.problem}"


def invalid(path: str, problem: str) -> Unplaced:
    """400 50035 Invalid Form Body, and a violation."""
    return Unplaced(path, problem)


def unauthorized() -> Refusal:
    """401: a wrong token."""
    return Refusal(401, 0, "401: Unauthorized")


def unknown(what: str) -> Refusal:
    """404: there is no such thing; `what` as Discord names it: `Channel`."""
    return Refusal(404, UNKNOWN[what], f"Unknown {what}")


UNKNOWN = {
    "Channel": 10003,
    "Guild": 10004,
    "Member": 10007,
    "Message": 10008,
    "User": 10013,
    "Webhook": 10015,
    "interaction": 10062,
}


def missing_access() -> Refusal:
    """403: the bot does not see it."""
    return Refusal(403, 50001, "Missing Access")


def missing_permissions() -> Refusal:
    """403: the bot sees it, but may not."""
    return Refusal(403, 50013, "Missing Permissions")


def cannot_send() -> Refusal:
    """403: a direct message that does not reach anybody."""
    return Refusal(403, 50007, "Cannot send messages to this user")


def acknowledged() -> Refusal:
    """400: an interaction answered twice."""
    return Refusal(400, 40060, "Interaction has already been acknowledged.")


def archived() -> Refusal:
    """400: a thread that has to be opened first."""
    return Refusal(400, 50083, "Thread is archived")


def empty_message() -> Unplaced:
    """400: nothing in it; a violation."""
    return Unplaced("", "Cannot send an empty message", code=50006, message="Cannot send an empty message")


def too_large() -> Refusal:
    """413."""
    return Refusal(413, 40005, "Request entity too large")
