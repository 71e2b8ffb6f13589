"""Votes in our quiz polls: each is the line of its option, said by whoever voted."""

from telegram import PollAnswer

from adapters.telegram.busy import busy
from adapters.telegram.desk import Desk
from adapters.telegram.flood import Verdict
from adapters.telegram.manner import Manner
from adapters.telegram.moves import Moves
from adapters.telegram.people import person
from adapters.telegram.polls import Polls


class Vote:
    """Answers votes. A vote that was taken back, of a chat, or in a poll long ago says nothing.

    In a group the poll itself tells whoever votes whether they are right and why, so nobody is written to.
    """

    def __init__(self, desk: Desk, polls: Polls, moves: Moves) -> None:
        self._desk = desk
        self._polls = polls
        self._moves = moves

    async def vote(self, vote: PollAnswer) -> None:
        """One vote."""
        if vote.user is None or vote.user.is_bot or not vote.option_ids:
            return
        who = person(vote.user)
        shown = await self._polls.find(vote.poll_id)
        if shown is None or vote.option_ids[0] >= len(shown.lines):
            return
        if self._desk.flood.take(who.account.id) is not Verdict.SERVE:
            return
        line = shown.lines[vote.option_ids[0]]
        spot = await self._moves.now(shown.spot)
        async with busy(self._desk.bot, spot):
            reply = await self._desk.answer(await self._desk.ask(line, who, spot))
            if reply is not None and (spot.private or not reply.private):
                await self._desk.say(spot, reply, Manner(line, who=who.account))
