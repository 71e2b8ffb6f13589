"""/unlink: the accounts of a learner, and parting one of them from the others."""

from typing import Annotated

from bot.chat import Chat
from bot.command import Where, command
from bot.kinds import FreeText, Unclear
from bot.language import _, mark
from bot.markup import escape, shorten
from bot.reply import Draft, Reply, press
from bot.store import accounts
from bot.store.accounts import Owned


@command(
    "unlink",
    mark("Shows your accounts, and parts one of them from the others"),
    private=True,
    where=Where.PRIVATE,
)
def unlink(chat: Chat, account: Annotated[str | None, FreeText(200)] = None) -> Reply:
    """Lists the accounts with a button each, or parts one."""
    mine = accounts.of(chat.connection, chat.learner.id)
    if account:
        return _parted(chat, _meant(account, mine))
    if len(mine) == 1:
        return _alone(chat, mine)
    draft = Draft().say(
        _("## Your accounts"),
        listed(chat, mine),
        _("Parting one makes it a learner of its own, who begins anew; what was learnt stays with the others."),
    )
    parting = [[press(_("Part {account}").format(account=_named(each)), "unlink", _key(each))] for each in mine]
    return draft.offer(*parting, [press(_("Link another"), "link")]).reply()


def _alone(chat: Chat, mine: list[Owned]) -> Reply:
    draft = Draft().say(_("You have one account, so there is nothing to part:"), listed(chat, mine))
    return draft.offer([press(_("Link another"), "link")]).reply()


def _meant(typed: str, mine: list[Owned]) -> Owned:
    """The account that was typed, as its platform with its id, or as its platform where that is clear."""
    wanted = typed.casefold()
    found = [one for one in mine if typed == _key(one)] or [one for one in mine if wanted == one.platform.casefold()]
    if len(found) != 1:
        raise Unclear(
            _("“{text}” is none of your accounts; `/unlink` lists them.").format(text=escape(shorten(typed, 40)))
        )
    return found[0]


def _parted(chat: Chat, who: Owned) -> Reply:
    rest = [each for each in accounts.of(chat.connection, chat.learner.id) if each != who]
    if not rest:
        return _alone(chat, [who])
    accounts.part(chat.connection, chat.learner.id, who, chat.now)
    draft = Draft().say(
        _("Parted: **{account}** is a learner of its own from its next word on.").format(account=escape(_named(who))),
        _("What was learnt stays with:"),
        listed(chat, rest),
    )
    return draft.offer([press(_("Link them again"), "link"), press(_("Start"), "start")]).reply()


def listed(chat: Chat, every: list[Owned]) -> str:
    """Accounts, one a line, and which of them writes now."""
    here = (chat.ask.account.platform, chat.ask.account.id)
    lines = (
        f"- {escape(_named(each))}" + (f" {_('(you write from it now)')}" if (each.platform, each.id) == here else "")
        for each in every
    )
    return "\n".join(lines)


def _named(account: Owned) -> str:
    return f"{account.platform.capitalize()}: {account.name}"


def _key(account: Owned) -> str:
    return f"{account.platform}:{account.id}"
