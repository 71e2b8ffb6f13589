"""Of two rows about the same thing, the one that a joined learner has; it does not matter which of the two comes first.

Where a row is chosen, the order goes on to the last column that may differ, so that it is the same one every time.
"""

from bot.store.joining.united import Values
from bot.store.progress import RANK


def progress(one: Values, other: Values) -> Values:
    """The state that is worth most, put off until the later instant."""
    put_off = [row["put_off"] for row in (one, other) if row["put_off"]]
    return {
        "state": max(one["state"], other["state"], key=RANK.__getitem__),
        "put_off": max(put_off, default=None),
        "at": max(one["at"], other["at"]),
    }


def day(one: Values, other: Values) -> Values:
    """A day on which both were active, in the zone in which it ended."""
    return {
        "first": min(one["first"], other["first"]),
        "last": max(one["last"], other["last"]),
        "zone": max((row["last"], row["zone"]) for row in (one, other))[1],
        "count": one["count"] + other["count"],
    }


_BETTER = ("due", "stability", "last", "difficulty", "right", "topic")
"""What lasts longer is the better memory."""


def memory(one: Values, other: Values) -> Values:
    """The better memory of a question."""
    return {**_last(one, other, _BETTER), "rights": max(one["rights"], other["rights"])}


def answer(one: Values, other: Values) -> Values:
    """The earlier of two answers to one showing."""
    return _first(one, other, ("at", "choice", "day", "right"))


def points(one: Values, other: Values) -> Values:
    """What both earned by the same is earned once, when it was first."""
    return _first(one, other, ("at", "day", "worth", "reason"))


def shown(one: Values, other: Values) -> Values:
    """Shown when it was first, confirmed if ever it was."""
    return {"day": min(one["day"], other["day"]), "confirmed": one["confirmed"] or other["confirmed"]}


def note(one: Values, other: Values) -> Values:
    """Both texts, the older first."""
    texts = dict.fromkeys(text for _at, text in sorted((row["at"], row["text"]) for row in (one, other)))
    return {"text": "\n".join(texts), "at": max(one["at"], other["at"])}


def member(one: Values, other: Values) -> Values:
    """A member since the earlier day, there if one account is; shown by an account that is there."""
    return {
        "account": min((row["away"], row["account"]) for row in (one, other))[1],
        "joined": min(one["joined"], other["joined"]),
        "away": one["away"] and other["away"],
        "muted": one["muted"] or other["muted"],
    }


def submission(one: Values, other: Values) -> Values:
    """The link and note that were edited last."""
    latest = _last(one, other, ("edited", "link", "note"))
    return {**latest, "at": min(one["at"], other["at"])}


def handed(one: Values, other: Values) -> Values:
    """Handed in when it was first; what an administrator removed stays removed."""
    return {"at": min(one["at"], other["at"]), "removed": one["removed"] or other["removed"]}


def cheer(one: Values, other: Values) -> Values:
    """Two cheers are one."""
    return {"at": min(one["at"], other["at"])}


def _last(one: Values, other: Values, order: tuple[str, ...]) -> Values:
    row = max(one, other, key=lambda each: tuple(each[name] for name in order))
    return {name: row[name] for name in order}


def _first(one: Values, other: Values, order: tuple[str, ...]) -> Values:
    """All of the earlier row but whose it is."""
    row = min(one, other, key=lambda each: tuple(each[name] for name in order))
    return {name: value for name, value in row.items() if name != "learner_id"}
