"""The tools of those who write content: `cairn content check`, `stats`, `new` and `preview`."""
