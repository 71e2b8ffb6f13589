"""What an administrator may do about members and what they handed in: parts of /group."""

from bot.chat import Chat
from bot.defuse import defuse
from bot.kinds import Unclear
from bot.language import _
from bot.reply import Draft, Reply, press, rows_of
from bot.store import groups, submissions
from bot.store.groups import Group

SHOWN = 20
"""Members and submissions that are listed."""


def members(chat: Chat, here: Group, mute: int | None, unmute: int | None) -> Reply:
    """The members with a button each; a muted one may hand in and cheer nothing here."""
    for learner_id, muted in ((mute, True), (unmute, False)):
        if learner_id is not None and not groups.mute(chat.connection, here.id, learner_id, muted):
            raise Unclear(
                _("Nobody here has the number {number}: `/group members` lists all.").format(number=learner_id)
            )
    listed = groups.members(chat.connection, here.id, SHOWN)
    lines = [f"- {defuse(name)}" + (" " + _("(muted)") if muted else "") for _id, name, muted in listed]
    draft = Draft().say(_("## Members"), "\n".join(lines))
    buttons = [
        press(_("Let {name} speak").format(name=name[:24]), "group", unmute=learner_id)
        if muted
        else press(_("Mute {name}").format(name=name[:24]), "group", mute=learner_id)
        for learner_id, name, muted in listed
    ]
    return draft.offer(*rows_of(buttons)).offer([press(_("The group"), "group")]).reply(slot="group")


def submissions_of(chat: Chat, here: Group, remove: int | None) -> Reply:
    """What was handed in here, each with a button that removes it from this group."""
    if remove is not None and not submissions.remove(chat.connection, here.id, remove):
        told = _("Nothing here has the number {number}: `/group submissions` lists all.")
        raise Unclear(told.format(number=remove))
    listed = [each for each in submissions.of_group(chat.connection, here.id, SHOWN) if not each.removed]
    projects = chat.library.content.projects
    titled = [(each, projects[each.project].title if each.project in projects else each.project) for each in listed]
    lines = [f"- {defuse(each.name)}: {title}" for each, title in titled]
    draft = Draft().say(_("## Handed in here"), "\n".join(lines) or _("Nothing yet."))
    buttons = [press(_("Remove {name}’s").format(name=each.name[:24]), "group", remove=each.id) for each in listed]
    return draft.offer(*rows_of(buttons)).offer([press(_("The group"), "group")]).reply(slot="group")
