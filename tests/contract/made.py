"""What the contract needs beside the real commands: every block in one reply, a long one, and a gate."""

from bot.ask import Role
from bot.chat import Chat
from bot.command import Command, Where, command
from bot.commands import by_name
from bot.reply import Button, Buttons, File, Option, Picture, Quiz, Reply, Text

SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="20"><rect width="40" height="20"/></svg>'
LONG = " ".join(f"word{number}" for number in range(3_000))


@command("blocks", "Shows every block")
def blocks(chat: Chat) -> Reply:
    """One of each."""
    options = (Option("A queue", "/gate"), Option("A stack", "/next"))
    return Reply(
        (
            Text("Here is **everything**."),
            Buttons(((Button("Go on", "/next"), Button("Read", url="https://example.org/x")),)),
            Picture("map", SVG, "A map in words"),
            File("export.json", b"{}", "All that is kept"),
            Quiz("What is first in, first out?", options, "caching", 0, "It is like a line of people."),
        )
    )


@command("long", "Says much")
def long(chat: Chat) -> Reply:
    """More than one message holds."""
    return Reply((Text(LONG),))


@command("gate", "For administrators", role=Role.ADMIN, where=Where.GROUP)
def gate(chat: Chat) -> Reply:
    """Open to administrators of the group."""
    return Reply((Text("The gate is open."),))


def table() -> dict[str, Command]:
    """The real commands and these."""
    return by_name() | {one.name: one for one in (blocks, long, gate)}
