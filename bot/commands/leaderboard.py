"""/leaderboard: who learnt how much in a group this week, this month and of all time."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Annotated
from zoneinfo import ZoneInfo

from bot.ask import Account
from bot.chat import Chat
from bot.command import Where, command
from bot.defuse import defuse
from bot.kinds import OneOf
from bot.language import _, mark, plural
from bot.learning.span import Span, begins, week_before
from bot.reply import Draft, Reply, press
from bot.standing import compared, done_together, this_week
from bot.store import boards, challenges
from bot.store.boards import Board, Line
from bot.store.groups import Group

NAMES = {Span.WEEK: mark("This week"), Span.MONTH: mark("This month"), Span.ALL: mark("All time")}


@command("leaderboard", mark("Who learnt how much in this group"), "/leaderboard month", where=Where.GROUP)
def leaderboard(chat: Chat, period: Annotated[str | None, OneOf(tuple(Span))] = None) -> Reply:
    """The top ten, and the asker with their neighbours where they stand further down."""
    group = chat.group
    assert group is not None
    span = Span(period or Span.WEEK)
    start = begins(span, chat.now, group.zone, group.week)
    board = boards.board(chat.connection, group.id, span, start, chat.learner.id)
    draft = Draft().say(_head(group, span, start), *ranked(chat, group, board, span, start))
    draft.say(_not_there(chat, board), _all_together(chat, group))
    others = [press(_(name), "leaderboard", other) for other, name in NAMES.items() if other is not span]
    draft.offer([*others, press(_("A quiz"), "quiz")])
    shows = tuple(Account(group.place.platform, line.account) for line in (*board.top, *board.around) if line.account)
    return replace(draft.reply(slot="board"), shows=shows)


def _head(group: Group, span: Span, start: date) -> str:
    """The board's name, and since when it counts."""
    head = _("## {period}").format(period=_(NAMES[span]))
    if group.since is not None:
        start = max(start, group.since.astimezone(ZoneInfo(group.zone or "UTC")).date())
    elif span is Span.ALL:
        return head
    return head + "\n\n" + _("Since {start}, {zone}").format(start=start.isoformat(), zone=group.zone or "UTC")


def ranked(chat: Chat, group: Group, board: Board, span: Span, start: date) -> tuple[str, str]:
    """The lines of a board, a week's with how far each one came, and what their signs mean."""
    moves = _moves(chat, group, board, start) if span is Span.WEEK else {}
    return _table(chat, board, moves), _legend(moves)


def _table(chat: Chat, board: Board, moves: Mapping[int, str]) -> str:
    if not board.top:
        return _("Nobody stands here yet: one answer in a quiz is enough.")
    lines = [_line(chat, line, moves) for line in board.top]
    if board.around:
        lines += ["- …", *(_line(chat, line, moves) for line in board.around)]
    return "\n".join(lines)


def _line(chat: Chat, line: Line, moves: Mapping[int, str]) -> str:
    """One member; the asker's own name is bold."""
    name = defuse(line.name)
    shown = f"**{name}**" if line.learner_id == chat.learner.id else name
    told = plural("{points} point", "{points} points", line.points).format(points=line.points)
    return f"- {line.rank}\\. {shown}: {told} {moves.get(line.learner_id, '')}".rstrip()


def _moves(chat: Chat, group: Group, board: Board, start: date) -> dict[int, str]:
    """How far each one came since last week's board, as a sign with a number."""
    lines = (*board.top, *board.around)
    shown = [line.learner_id for line in lines]
    before = boards.ranks(chat.connection, group.id, week_before(start), shown, chat.learner.id)
    return {line.learner_id: _move(line.rank, before.get(line.learner_id, 0)) for line in lines} if before else {}


def _move(rank: int, before: int | None) -> str:
    """`before`: None where it lies too deep to be known, 0 where there was none."""
    if before is None:
        return ""
    if not before:
        return _("(new)")
    if before == rank:
        return "(=)"
    return f"(▲{before - rank})" if before > rank else f"(▼{rank - before})"


def _legend(moves: Mapping[int, str]) -> str:
    return _("*▲ ▼ places since last week*") if any("▲" in move or "▼" in move for move in moves.values()) else ""


def _not_there(chat: Chat, board: Board) -> str:
    """A word to somebody who would stand here after one answer."""
    mine = chat.learner.id in {line.learner_id for line in (*board.top, *board.around)}
    if mine or not board.top or chat.learner.board == "hidden":
        return ""
    name = defuse(chat.learner.name or chat.learner.shown)
    return _("{name}, you are not on it yet: one answer in a quiz is enough.").format(name=name)


def _all_together(chat: Chat, group: Group) -> str:
    """The group's own goal and its challenge, where it has one."""
    rival = challenges.rival(chat.connection, group.id)
    if not group.goal and rival is None:
        return ""
    mine = this_week(chat, group)
    lines = [done_together(group, mine)]
    if rival is not None:
        lines.append(compared(chat, rival, mine))
    return "\n\n".join(lines)
