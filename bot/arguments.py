"""The words of the command `cairn`, and what is said where no platform is switched on."""

import argparse
from datetime import datetime
from pathlib import Path

HOW = """no platform is switched on.
To have Cairn on Telegram:
  1. open https://t.me/BotFather and send /newbot; it asks for a name and shows a token
  2. set the token:  export CAIRN_TELEGRAM_TOKEN=12345:AbC-dEf
To have Cairn on Discord:
  1. open https://discord.com/developers/applications, press New Application, then Bot and Reset Token
  2. set the token:  export CAIRN_DISCORD_TOKEN=...
Then start again:    cairn run
`cairn chat` talks to Cairn in this terminal."""


def parser() -> argparse.ArgumentParser:
    """What `cairn` may be asked to do; `cairn content` has a parser of its own."""
    made = argparse.ArgumentParser("cairn", description="A study companion for the backend developer roadmap.")
    commands = made.add_subparsers(dest="command", required=True, metavar="{chat,run,content}")
    chat = commands.add_parser("chat", help="talk to Cairn in this terminal, or by lines")
    chat.add_argument("--json", action="store_true", help="one JSON object per line, in and out (docs/protocol.md)")
    chat.add_argument("--db", metavar="URL", help="the database, such as sqlite:////path/to/file.db")
    chat.add_argument("--content", metavar="DIR", type=Path, help="another content folder")
    chat.add_argument("--pictures", metavar="DIR", type=Path, help="where pictures and files are written")
    chat.add_argument("--now", metavar="INSTANT", type=_instant, help="where the clock stands, ISO 8601 with offset")
    commands.add_parser("run", help="serve the platforms that are switched on")
    commands.add_parser("content", help="tools for whoever writes pages (cairn content --help)")
    return made


def _instant(text: str) -> datetime:
    try:
        instant = datetime.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is no instant; write 2026-11-22T09:00:00+01:00") from None
    if instant.tzinfo is None:
        raise argparse.ArgumentTypeError(f"{text!r} has no offset; write {text}+00:00")
    return instant
