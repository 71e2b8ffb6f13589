"""A case for every command that people type: a line, and words that must be in the answer on every platform."""

CASES = {
    "start": ("/start", "Hello"),
    "help": ("/help explain", "For example"),
    "explain": ("/explain caching", "Caching"),
    "next": ("/next", "Introduction"),
    "learn": ("/learn caching", "Begun"),
    "done": ("/done caching", "Done"),
    "skip": ("/skip soap", "Skipped"),
    "undo": ("/undo", "nothing to take back"),
    "path": ("/path language=python", "Python"),
    "progress": ("/progress", "done"),
    "map": ("/map caching", "Redis"),
    "note": ("/note caching ask about TTLs", "ask about TTLs"),
    "settings": ("/settings name=Ann", "Ann"),
    "quiz": ("/quiz sharding 2", "question 1 of 2"),
    "review": ("/review", "nothing to review yet"),
    "placement": ("/placement", "question 1 of at most 15"),
    "cancel": ("/cancel", "Nothing is going on"),
}
