"""What a person sees: commands, buttons, menus, forms and questions, against the strict server."""

import asyncio
from dataclasses import replace
from pathlib import Path

from bot.ask import Role
from bot.command import Where
from bot.commands import by_name
from bot.reply import Button, Buttons, Draft, File, Option, Picture, Quiz, Reply, Text
from tests.adapters.discord.conftest import Study
from tests.adapters.discord.running import Running, running
from tests.fakes.discord_model import Permission
from tests.fakes.discord_server import DiscordServer

SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="40"><rect width="40" height="40"/></svg>'


async def test_a_person_walks_through(dc: DiscordServer, cairn: Running, study: Study) -> None:
    """Start, a card, deeper, a section, the next topic, done, a note by a form, a quiz: all in direct messages."""
    ann = study.ann
    begun = await ann.slash(ann.dm, "start")
    assert "Hello Ann!" in begun.text
    assert not begun.private  # nobody else is here
    card = await ann.slash(ann.dm, "explain", topic="caching")
    assert "## Caching" in card.text
    assert "```" in card.text
    deeper = await ann.press("Deeper", card.message)
    assert deeper.message is card.message
    assert "Pitfalls" in card.message.buttons
    await ann.press("Pitfalls", card.message)
    assert "### Pitfalls" in card.message.text
    proposed = await ann.slash(ann.dm, "next")
    done = await ann.press("Done", proposed.message)
    assert "Done: " in done.text
    assert done.message is not proposed.message


async def test_a_note_is_asked_for_by_a_form(dc: DiscordServer, cairn: Running, study: Study) -> None:
    ann = study.ann
    await ann.says(ann.dm, "/note caching")
    message = await ann.dm.next()
    form = await ann.press("Write it", message)
    assert form.modal
    kept = await ann.submits(form, text='ask "why"\nand when')
    assert "is kept" in kept.text
    assert "why" in kept.text
    assert cairn.lines[-1].startswith("/note caching text=")


async def test_a_quiz_in_a_channel_counts_for_whoever_presses_and_tells_each_alone(
    dc: DiscordServer, cairn: Running, study: Study
) -> None:
    asked = await study.ann.slash(study.channel, "quiz", topic="sharding", count=2)
    assert not asked.private
    assert "question 1 of 2" in asked.text
    option = asked.message.buttons[0]
    mine = await study.ann.press(option, asked.message)
    assert mine.private
    hers = await study.olga.press(option, asked.message)
    assert hers.private
    assert [ask.account.name for ask in cairn.asks[-2:]] == ["Ann", "Olga"]


async def test_slash_commands_come_from_the_declarations(dc: DiscordServer, cairn: Running, study: Study) -> None:
    quiz = dc.command("quiz")
    assert quiz
    count = next(each for each in quiz["options"] if each["name"] == "count")
    assert (count["min_value"], count["max_value"], count["type"]) == (1, 20, 4)
    explain = dc.command("explain")
    assert explain
    assert not explain["options"][0]["required"]  # the topic talked about last may be meant
    ask = dc.command("ask")
    assert ask
    assert ask["options"][0]["required"]
    assert explain["options"][0]["autocomplete"]
    depth = next(each for each in explain["options"] if each["name"] == "depth")
    assert [choice["value"] for choice in depth["choices"]] == ["short", "normal", "deep"]
    path = dc.command("path")
    assert path
    assert "language" in [each["name"] for each in path["options"]]
    assert dc.command("answer") is None
    assert explain["integration_types"] == [0, 1]
    assert explain["contexts"] == [0, 1, 2]


async def test_topics_are_completed_while_typed(dc: DiscordServer, cairn: Running, study: Study) -> None:
    found = await study.ann.autocomplete(study.channel, "explain", topic="shar")
    assert ("Sharding Strategies", "sharding-strategies") in found
    assert 20 < len(await study.ann.autocomplete(study.channel, "explain", topic="")) <= 25
    assert await study.ann.autocomplete(study.channel, "explain", depth="deep", topic="load bal")
    assert await study.ann.autocomplete(study.channel, "settings", zone="Ber")
    assert await study.ann.autocomplete(study.channel, "path", language="py")


async def test_more_than_five_choices_are_a_menu(dc: DiscordServer, cairn: Running, study: Study) -> None:
    shown = await study.ann.slash(study.channel, "map")
    assert len(shown.message.selects[0]["options"]) == 25
    chosen = await study.ann.selects(shown.message, "Caching")
    assert chosen.message is shown.message
    assert "## Caching" in shown.text


async def test_free_text_goes_to_the_core_as_it_is(dc: DiscordServer, cairn: Running, study: Study) -> None:
    await study.ann.says(study.ann.dm, "what is a cdn?")
    await study.ann.dm.next()
    await study.ann.says(study.channel, "@bot caching")
    answer = await study.channel.next()
    assert "Caching" in answer.text
    await study.ann.says(study.channel, "nothing for you")
    await study.channel.silent()
    assert cairn.lines == ["what is a cdn?", "caching"]
    assert cairn.asks[0].place.private
    assert cairn.asks[1].place.chat == str(study.channel.id)


async def test_a_private_answer_to_a_mention_goes_to_direct_messages(
    dc: DiscordServer, cairn: Running, study: Study
) -> None:
    await study.ann.says(study.channel, "@bot /settings name=Secret")
    assert "Secret" in (await study.ann.dm.next()).text
    line = await study.channel.next()
    assert "Secret" not in line.text
    assert "direct messages" in line.text
    study.ann.closed = True
    await study.ann.says(study.channel, "@bot /settings")
    assert "cannot write to you" in (await study.channel.next()).text


async def test_a_private_answer_to_a_command_is_hidden(dc: DiscordServer, cairn: Running, study: Study) -> None:
    assert (await study.ann.slash(study.channel, "settings")).private
    assert not (await study.ann.slash(study.channel, "explain", topic="caching")).private


async def test_what_takes_longer_is_acknowledged_with_the_right_privacy(
    dc: DiscordServer, cairn: Running, study: Study
) -> None:
    cairn.slow = 1.2
    hidden = await study.ann.slash(study.channel, "settings", wait=None)
    open_ = await study.ann.slash(study.channel, "explain", topic="caching", wait=None)
    await asyncio.sleep(1.0)
    assert hidden.thinking
    assert open_.thinking
    assert hidden.private
    assert not open_.private
    assert "Your settings" in (await hidden.answer()).text
    card = await open_.answer()
    press = await study.ann.press("Next", card, wait=None)
    await asyncio.sleep(1.0)
    assert press.callback == 6
    assert (await press.answer()).text


async def test_a_refusal_hides_what_was_deferred_openly(dc: DiscordServer, cairn: Running, study: Study) -> None:
    cairn.slow = 1.0
    cairn.scripted["/next"] = Reply((Text("For you alone"),), private=True)
    said = await study.ann.slash(study.channel, "next", wait=None)
    answer = await said.next_follow_up()
    assert answer.text == "For you alone"
    assert answer.private
    await dc.until(lambda: said.messages == [answer], what="the open line to go")


async def test_buttons_outlive_a_restart(dc: DiscordServer, study: Study, tmp_path: Path) -> None:
    line = "/note caching " + "words 😀 " * 20
    async with running(dc, tmp_path) as cairn:
        cairn.scripted["/next"] = Draft().say("Press").offer([Button("Go", line)]).reply()
        shown = await study.ann.slash(study.channel, "next")
        asked = await study.ann.slash(study.channel, "explain", topic="caching")
        settings = await study.ann.slash(study.channel, "settings")
        form = await study.ann.press("Change name", settings.message)
    async with running(dc, tmp_path) as cairn:
        assert "is kept" in (await study.ann.press("Go", shown.message)).text
        assert (await study.ann.press("Deeper", asked.message)).message is asked.message
        assert "Name: Nan" in (await study.ann.submits(form, name="Nan")).text


async def test_long_lines_go_through_a_handle(dc: DiscordServer, cairn: Running, study: Study) -> None:
    line = "/note caching " + "words 😀 " * 20
    cairn.scripted["/next"] = Draft().say("Press").offer([Button("Go", line), Button("Again", line)]).reply()
    cairn.scripted[line] = Draft().say("Came through").reply()
    shown = await study.ann.slash(study.channel, "next")
    assert (await study.ann.press("Go", shown.message)).text == "Came through"
    assert (await study.ann.press("Again", shown.message)).text == "Came through"


async def test_every_block_is_shown_in_order(dc: DiscordServer, cairn: Running, study: Study) -> None:
    cairn.scripted["/next"] = Reply(
        (
            Text("# All\n\n#### Small\n\n| a | b |\n|---|---|\n| 1 | 2 |"),
            Picture("map", SVG, "A square"),
            File("no tes.md", b"hello", "Your **notes**"),
            Buttons(((Button("Read", url="https://example.org/"), Button("Go", "/next")),)),
            Quiz(
                "Which is first in, first out?",
                (Option("A queue", "/answer 1 1"), Option("A stack", "/answer 1 2")),
                "x",
            ),
        )
    )
    shown = await study.ann.slash(study.channel, "next")
    text = shown.text
    assert "# All" in text
    assert "**Small**" in text
    assert "a  b\n─  ─\n1  2" in text
    assert {"Read", "Go", "A queue", "A stack"} <= set(shown.message.buttons)
    assert len(shown.message.files) == 2


async def test_long_text_pages_and_keeps_fences_whole(dc: DiscordServer, cairn: Running, study: Study) -> None:
    code = "```python\n" + "x = 1  # a line\n" * 100 + "```"
    words = "word " * 500
    cairn.scripted["/next"] = Draft().say(words, code, words, code).offer([Button("Go", "/map")]).reply()
    shown = await study.ann.slash(study.channel, "next")
    first = shown.text
    assert first.count("```") % 2 == 0
    assert "Go" in shown.message.buttons
    more = next(label for label in shown.message.buttons if label.startswith("More"))
    assert (await study.ann.press(more, shown.message)).message is shown.message
    assert shown.text.count("```") == 2
    assert "x = 1" in shown.text
    assert shown.text != first


async def test_only_somebody_elses_install_is_private_and_says_how_to_add_the_bot(
    dc: DiscordServer, cairn: Running, study: Study
) -> None:
    ben = dc.user("Ben", installed=True)
    other = dc.guild("Elsewhere", owner=ben)
    card = await ben.slash(other.channel("general"), "explain", topic="caching")
    assert card.private
    assert cairn.asks[-1].place.private
    deeper = await ben.press("Deeper", card.message)
    assert deeper.message is card.message


async def test_a_groups_command_says_how_to_add_the_bot_where_it_is_no_member(
    dc: DiscordServer, study: Study, tmp_path: Path
) -> None:
    known = by_name()
    known["board"] = replace(known["map"], name="board", where=Where.GROUP)
    ben = dc.user("Ben", installed=True)
    other = dc.guild("Elsewhere", owner=ben)
    async with running(dc, tmp_path, commands=known) as cairn:
        refused = await ben.slash(other.channel("general"), "board")
        assert "add me" in refused.text
        assert refused.message.buttons == ["Add me to a server"]
        assert cairn.lines == []
        await study.ann.slash(study.channel, "board")
        assert cairn.lines == ["/board"]
        between = dc.elsewhere(ben, study.olga)
        assert (await ben.slash(between, "map")).private
        assert cairn.asks[-1].place.private


async def test_an_admins_command_is_declared_for_who_may_manage_the_server(
    dc: DiscordServer, study: Study, tmp_path: Path
) -> None:
    known = by_name()
    known["gate"] = replace(known["map"], name="gate", role=Role.ADMIN)
    async with running(dc, tmp_path, commands=known):
        declared = dc.command("gate")
        assert declared
        assert int(declared["default_member_permissions"]) == Permission.MANAGE_GUILD
