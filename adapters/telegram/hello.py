"""What whoever hosts the bot is told: how to get a token, where the bot is, and what to set at BotFather."""

from telegram import User

from bot.port import Unwelcome


class WrongToken(Unwelcome):
    """Telegram knows no bot of this token; the message says what to do."""

    def __init__(self) -> None:
        super().__init__(
            "Telegram refuses the token in CAIRN_TELEGRAM_TOKEN: open https://t.me/BotFather, send /mybots, "
            "choose the bot and “API Token”, and set what it shows"
        )


def greeting(me: User, first: bool) -> str:
    """The lines for the terminal; with what to set, where this is the first run."""
    lines = [f"Cairn is on Telegram: https://t.me/{me.username}"]
    if first:
        lines += [f"  {line}" for line in _advice(me)]
    return "\n".join(lines)


def _advice(me: User) -> list[str]:
    """What can be set at BotFather, and how it stands now."""
    inline = "is on" if me.supports_inline_queries else "is off: send /setinline and a hint such as “a topic”"
    groups = "may be added" if me.can_join_groups else "may not be added: send /setjoingroups and Enable"
    privacy = "is off; Cairn needs no more than what it sees with it on" if me.can_read_all_group_messages else "is on"
    return [
        "At https://t.me/BotFather you can set:",
        f"- Inline mode (cards in any chat) {inline}.",
        f"- To groups it {groups}. This link adds it: https://t.me/{me.username}?startgroup=hello",
        f"- Privacy mode {privacy}: in groups Cairn hears commands, its buttons, replies and mentions.",
    ]
