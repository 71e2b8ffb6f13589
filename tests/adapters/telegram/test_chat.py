"""A private chat with Cairn, end to end: the real engine, the real library, a strict Telegram."""

import asyncio

import pytest

from bot.reply import Button, Buttons, Draft, File, Option, Picture, Quiz, Reply, Text
from tests.adapters.telegram.running import Running
from tests.fakes.telegram_faults import Refuse
from tests.fakes.telegram_server import TelegramServer

SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="40"><rect width="40" height="40"/></svg>'


async def test_a_person_walks_through(tg: TelegramServer, cairn: Running) -> None:
    """Start, a card, deeper, a quiz by poll."""
    ann = tg.private(tg.user("Ann"))
    await ann.starts()
    assert "Hello Ann!" in (await ann.next()).text
    assert "Berlin" in (await ann.next()).buttons
    assert "Python" in (await ann.next()).buttons
    await ann.says("/explain caching")
    card = await ann.next()
    assert card.html.startswith("<b>Caching</b>\n\n")
    assert '<pre><code class="language-python">' in card.html
    await ann.press("Deeper")
    assert await ann.next_edit() is card
    assert "Choosing" in card.buttons
    await ann.says("/quiz caching 2")
    poll = (await ann.next()).poll
    assert poll
    assert "question 1 of 2" in poll.sent["description"]
    assert len(poll.sent["explanation"]) > 20
    await ann.votes(poll.sent["correct_option_ids"][0])
    assert "Right." in (await ann.next()).text
    assert (await ann.next()).poll


async def test_words_without_a_slash_go_to_the_core_as_they_are(tg: TelegramServer, cairn: Running) -> None:
    ann = tg.private(tg.user("Ann"))
    await ann.says("what is a cdn")
    await ann.next()
    assert cairn.lines == ["what is a cdn"]
    assert cairn.asks[0].account.name == "Ann"
    assert cairn.asks[0].place.private


async def test_a_press_is_a_call(tg: TelegramServer, cairn: Running) -> None:
    ann = tg.private(tg.user("Ann"))
    await ann.says("/explain caching")
    card = await ann.next()
    press = await ann.press("Next")
    assert press.button.data == "/next"
    assert (await ann.next()).text
    assert cairn.lines[-1] == "/next"
    assert card.versions == 1  # another slot: the card stays


async def test_an_over_long_line_goes_through_a_handle(tg: TelegramServer, cairn: Running) -> None:
    line = "/note caching " + "words 😀 " * 20
    cairn.scripted["/long"] = Draft().say("Press").offer([Button("Go", line)]).reply()
    cairn.scripted[line] = Draft().say("Came through").reply()
    ann = tg.private(tg.user("Ann"))
    await ann.says("/long")
    await ann.next()
    await ann.press("Go")
    assert (await ann.next()).text == "Came through"


async def test_a_forged_handle_and_an_empty_one_say_that_the_button_is_too_old(
    tg: TelegramServer, cairn: Running
) -> None:
    ann = tg.private(tg.user("Ann"))
    await ann.says("/explain caching")
    await ann.next()
    press = await ann.press("=nothing", forged=True)
    assert press.alert
    assert "too old" in press.text


async def test_presses_are_answered_within_a_second_though_the_core_is_slow(tg: TelegramServer, cairn: Running) -> None:
    ann = tg.private(tg.user("Ann"))
    await ann.says("/explain caching")
    await ann.next()
    cairn.slow = 1.5
    first = await ann.press("Next", wait=None)
    second = await ann.press("Done", wait=None)
    await asyncio.gather(first.answer(), second.answer())
    assert max(first.took or 9, second.took or 9) < 1
    await ann.next()
    assert "typing" in ann.actions
    await ann.next()


async def test_nothing_types_when_the_answer_is_there_at_once(tg: TelegramServer, cairn: Running) -> None:
    ann = tg.private(tg.user("Ann"))
    cairn.scripted["/x"] = Draft().say("y").reply()
    await ann.says("/x")
    await ann.next()
    assert ann.actions == []


async def test_a_press_twice_and_on_a_deleted_message_is_no_error(tg: TelegramServer, cairn: Running) -> None:
    ann = tg.private(tg.user("Ann"))
    await ann.says("/explain caching")
    card = await ann.next()
    await ann.press("Deeper")
    await ann.next_edit()
    press = await ann.press("/explain caching deep", card, forged=True)
    assert press.answered
    ann.deletes(card)
    await ann.press("/explain caching deep", card, forged=True)
    assert (await ann.next()).text.startswith("Caching")


async def test_a_press_that_waited_too_long_is_no_error(tg: TelegramServer, cairn: Running) -> None:
    tg.query_lifetime = 0.0
    ann = tg.private(tg.user("Ann"))
    await ann.says("/explain caching")
    await ann.next()
    await ann.press("Next", wait=None)
    assert (await ann.next()).text


async def test_a_long_answer_pages_in_place(tg: TelegramServer, cairn: Running) -> None:
    words = "\n\n".join(f"Paragraph {at}: " + "word " * 60 for at in range(40))
    cairn.scripted["/long"] = Draft().say(words).offer([Button("Under it", "/x")]).reply()
    ann = tg.private(tg.user("Ann"))
    await ann.says("/long")
    shown = await ann.next()
    seen = [shown.text]
    assert shown.buttons == ["More › 2/4", "Under it"]
    for label in ("More › 2/4", "More › 3/4", "More › 4/4"):
        await ann.press(label)
        assert await ann.next_edit() is shown
        seen.append(shown.text)
    assert shown.buttons == ["‹ Back 3/4", "Under it"]
    assert [at for at in range(40) if f"Paragraph {at}:" not in " ".join(seen)] == []
    await ann.silent()


async def test_every_block_is_shown(tg: TelegramServer, cairn: Running) -> None:
    cairn.scripted["/all"] = Reply(
        (
            Text("# Head\n\n`code` and [a link](https://example.org)"),
            Buttons(((Button("Say", "/next"), Button("Open", url="https://example.org")),)),
            Picture("map", SVG, "The map in *words*"),
            File("notes.txt", b"notes", "Your notes"),
            Quiz("Which?", (Option("One", "/a 1"), Option("Two", "/a 2")), "caching", 1, "Because `so`."),
        )
    )
    ann = tg.private(tg.user("Ann"))
    await ann.says("/all")
    text, picture, file, quiz = [await ann.next(15) for _ in range(4)]
    assert text.html == '<b>Head</b>\n\n<code>code</code> and <a href="https://example.org">a link</a>'
    assert text.buttons == ["Say", "Open"]
    assert picture.photo
    assert picture.html == "The map in <i>words</i>"
    assert file.document
    assert (file.document.name, file.document.upload.content, file.text) == ("notes.txt", b"notes", "Your notes")
    assert quiz.poll
    assert quiz.poll.options == ["One", "Two"]
    assert quiz.poll.sent["correct_option_ids"] == [1]
    assert quiz.poll.sent["explanation"] == "Because so."


async def test_a_picture_that_cannot_be_drawn_is_told_in_words(tg: TelegramServer, cairn: Running) -> None:
    cairn.scripted["/map"] = Reply((Picture("map", "no drawing", "Three of **five**"),))
    ann = tg.private(tg.user("Ann"))
    await ann.says("/map")
    assert (await ann.next(15)).html == "Three of <b>five</b>"


@pytest.mark.parametrize(
    ("method", "words"),
    [("sendPhoto", "PHOTO_INVALID_DIMENSIONS"), ("sendPoll", "not enough rights to send polls to the chat")],
)
async def test_what_a_chat_does_not_take_is_told_in_words(
    tg: TelegramServer, cairn: Running, method: str, words: str
) -> None:
    quiz = Quiz("Which?", (Option("One", "/a 1"), Option("Two", "/a 2")), "caching")
    cairn.scripted["/x"] = Reply((Picture("map", SVG, "In words") if method == "sendPhoto" else quiz,))
    tg.trouble(method, Refuse(400, f"Bad Request: {words}"))
    ann = tg.private(tg.user("Ann"))
    await ann.says("/x")
    shown = await ann.next(15)
    assert (shown.text, shown.buttons) in [("In words", []), ("Which?", ["One", "Two"])]


@pytest.mark.parametrize(
    "quiz",
    [
        Quiz("?" * 301, (Option("One", "/a 1"), Option("Two", "/a 2")), "caching"),
        Quiz("Which?", (Option("o" * 101, "/a 1"), Option("Two", "/a 2")), "caching"),
        Quiz("Which?", (Option("One", "/a 1"), Option("Two", "/a 2")), "caching", 0, "b" * 201),
        Quiz("Which?", (Option("One", "/a 1"), Option("Two", "/a 2")), "caching", 0, "a\n\nb\n\nc"),
        Quiz("Which?\n\n```\ncode\n```", (Option("One", "/a 1"), Option("Two", "/a 2")), "caching"),
        Quiz("Which?", (Option("Same", "/a 1"), Option("Same", "/a 2")), "caching"),
        Quiz("Which?", (Option("One", "/a 1"),), "caching"),
    ],
)
async def test_a_quiz_that_does_not_fit_has_buttons(tg: TelegramServer, cairn: Running, quiz: Quiz) -> None:
    cairn.scripted["/q"] = Reply((Text("Question 1"), quiz))
    cairn.scripted["/a 1"] = Draft().say("Yes").reply()
    ann = tg.private(tg.user("Ann"))
    await ann.says("/q")
    shown = await ann.next()
    assert shown.poll is None
    assert shown.text.startswith("Question 1\n\n")
    assert len(shown.buttons) == len(quiz.options)
    await ann.press("/a 1")
    assert (await ann.next()).text == "Yes"


async def test_a_form_asks_for_each_word(tg: TelegramServer, cairn: Running) -> None:
    cairn.scripted["/form"] = Draft().say("Fill").offer([Button("Go", "/set a=1", fill=("zone", "name"))]).reply()
    cairn.scripted['/set a=1 zone="New York" name=Ann'] = Draft().say("Set").reply()
    ann = tg.private(tg.user("Ann"))
    await ann.says("/form")
    await ann.next()
    await ann.press("Go")
    first = await ann.next()
    assert first.keyboard
    assert first.keyboard["force_reply"]
    assert "zone" in first.text
    await ann.says("New York")
    assert "name" in (await ann.next()).text
    await ann.says("Ann")
    assert (await ann.next()).text == "Set"
    await ann.says("/next")  # the form is over
    await ann.next()
    assert cairn.lines[-1] == "/next"


async def test_a_command_leaves_the_form(tg: TelegramServer, cairn: Running) -> None:
    ann = tg.private(tg.user("Ann"))
    await ann.starts()
    for _ in range(3):
        await ann.next()
    await ann.press("Another city")
    await ann.next()
    await ann.says("/cancel")
    await ann.next()
    await ann.says("caching")
    assert "Caching" in (await ann.next()).text
    assert cairn.lines[-2:] == ["/cancel", "caching"]


async def test_what_is_no_text_gets_a_word(tg: TelegramServer, cairn: Running) -> None:
    ann = tg.private(tg.user("Ann"))
    await ann.sends(b"x", "x.txt")
    assert "only read words" in (await ann.next()).text
    assert cairn.lines == []


async def test_a_shared_place_sets_the_zone(tg: TelegramServer, cairn: Running) -> None:
    ann = tg.private(tg.user("Ann"))
    await ann.shares(19.08, 72.88)
    assert "Zone: Asia/Kolkata" in (await ann.next()).text
    assert cairn.lines == ["/settings zone=Asia/Kolkata"]


@pytest.mark.parametrize(
    ("payload", "line"),
    [
        ("explain_sharding", "/explain sharding"),
        ("explain_ci-cd", "/explain ci-cd"),
        ("hello", "/start"),
        ("go_forged", "/start"),
        ("explain_", "/start"),
    ],
)
async def test_deep_links(tg: TelegramServer, cairn: Running, payload: str, line: str) -> None:
    ann = tg.private(tg.user("Ann"))
    await ann.starts(payload)
    await ann.next()
    assert cairn.lines == [line]


async def test_inline_mode_offers_cards_that_hold_nothing_of_who_asks(tg: TelegramServer, cairn: Running) -> None:
    ann = tg.private(tg.user("Ann"))
    await ann.says("/note sharding my own secret")
    await ann.next()
    query = await ann.asks_inline("sharding")
    assert query.titles[0] == "Sharding Strategies"
    said = query.pick(0, ann)
    assert "secret" not in said.text
    assert said.text.startswith("Sharding Strategies")
    assert "Joins, transactions and uniqueness" in said.text
    assert said.buttons == ["Open in Cairn"]
    assert said.rows[0][0].url == "https://t.me/made_bot?start=explain_sharding-strategies"
    assert (await ann.asks_inline("zzzzqqq")).button
    await ann.silent()  # a card that somebody sends through us says nothing to us


async def test_a_flood_is_held_back_with_one_notice_for_that_person_only(tg: TelegramServer, cairn: Running) -> None:
    ann, bob = tg.private(tg.user("Ann")), tg.private(tg.user("Bob"))
    for at in range(40):
        cairn.scripted[f"/x {at}"] = None
        await ann.says(f"/x {at}")
    assert "wait a few seconds" in (await ann.next()).text
    await bob.says("/next")
    await bob.next()
    await ann.silent()
    assert 30 <= len([line for line in cairn.lines if line.startswith("/x")]) < 36


async def test_edited_messages_are_not_answered_again(tg: TelegramServer, cairn: Running) -> None:
    ann = tg.private(tg.user("Ann"))
    message = await ann.says("/next")
    await ann.next()
    await ann.edits(message, "/map")
    await ann.silent()


async def test_one_chat_is_answered_in_order_and_chats_side_by_side(tg: TelegramServer, cairn: Running) -> None:
    ann, bob = tg.private(tg.user("Ann")), tg.private(tg.user("Bob"))
    for name in "abc":
        cairn.scripted[f"/{name}"] = Draft().say(name).reply()
    cairn.slow = 0.3
    for name in "abc":
        await ann.says(f"/{name}")
    await bob.says("/a")
    await bob.next()
    assert len(ann.sent) < 3
    assert [(await ann.next()).text for _ in range(3)] == ["a", "b", "c"]
