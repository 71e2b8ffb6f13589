"""What the made Discord refuses: every limit and rule, one request each, by the real library's HTTP client."""

from collections.abc import AsyncIterator
from typing import Any

import discord
import pytest
import pytest_asyncio
from discord.http import MultipartParameters, Route, handle_message_parameters

from tests.fakes.discord_command_rules import check_choices, check_commands
from tests.fakes.discord_components import check_modal
from tests.fakes.discord_facts import facts
from tests.fakes.discord_fixture import RealClient, dc, pointed
from tests.fakes.discord_model import COMPONENTS_V2, Json, Permission
from tests.fakes.discord_refusal import Unplaced
from tests.fakes.discord_server import DiscordServer

__all__ = ["dc"]


@pytest_asyncio.fixture
async def client(dc: DiscordServer) -> AsyncIterator[RealClient]:
    """A client that is logged in, without the gateway."""
    made = RealClient()
    with pointed(dc):
        await made.login(dc.token)
        yield made
        await made.close()


def row(*components: Json) -> Json:
    return {"type": 1, "components": list(components)}


def button(custom_id: str = "/next", **more: Any) -> Json:
    return {"type": 2, "style": 2, "label": "Next", "custom_id": custom_id} | more


def menu(*values: str, **more: Any) -> Json:
    return {"type": 3, "custom_id": "/pick", "options": [{"label": v, "value": v} for v in values]} | more


def text(words: str) -> Json:
    return {"type": 10, "content": words}


def modern(*components: Json, **more: Any) -> Json:
    return {"flags": COMPONENTS_V2, "components": list(components)} | more


LONG = "x" * 4096
REFUSED: list[tuple[str, Json]] = [
    ("empty message", {}),
    ("empty message", {"content": " \n"}),
    ("2000 or fewer", {"content": "x" * 2001}),
    ("no such field", {"contents": "x"}),
    ("not a string", {"content": 5}),
    ("bits", {"content": "x", "flags": 1}),
    ("only the answer to an interaction", {"content": "x", "flags": 64}),
    ("nonce", {"content": "x", "enforce_nonce": True}),
    ("between 0 and 25", {"content": "x", "nonce": "n" * 26}),
    ("between 0 and 10", {"embeds": [{"title": "x"}] * 11}),
    ("between 0 and 4096", {"embeds": [{"description": LONG + "x"}]}),
    ("6000", {"embeds": [{"description": LONG}, {"description": "x" * 1905}]}),
    ("between 0 and 25", {"embeds": [{"fields": [{"name": "a", "value": "b"}] * 26}]}),
    ("required", {"embeds": [{"fields": [{"name": "a", "value": " "}]}]}),
    ("empty", {"embeds": [{"color": 5}]}),
    ("URL", {"embeds": [{"title": "x", "url": "nowhere"}]}),
    ("names no attached file", {"embeds": [{"image": {"url": "attachment://map.png"}}]}),
    ("no file of this request", {"content": "x", "attachments": [{"id": 0}]}),
    ("are listed too", {"content": "x", "allowed_mentions": {"parse": ["users"], "users": ["5"]}}),
    ("one of users", {"content": "x", "allowed_mentions": {"parse": ["all"]}}),
    ("5 or fewer", {"content": "x", "components": [row(button(str(n))) for n in range(6)]}),
    ("between 1 and 5", {"content": "x", "components": [row(*(button(str(n)) for n in range(6)))]}),
    ("only action rows", {"content": "x", "components": [text("x")]}),
    ("duplicated", {"content": "x", "components": [row(button(), button())]}),
    ("between 1 and 100", {"content": "x", "components": [row(button("x" * 101))]}),
    ("between 0 and 80", {"content": "x", "components": [row(button(label="x" * 81))]}),
    ("label or an emoji", {"content": "x", "components": [row(button(label=""))]}),
    ("Invalid emoji", {"content": "x", "components": [row(button(emoji={"name": "✓"}))]}),
    ("link button", {"content": "x", "components": [row(button(style=5))]}),
    ("custom_id and no url", {"content": "x", "components": [row(button(url="https://example.org"))]}),
    ("stands alone", {"content": "x", "components": [row(button(), menu("a"))]}),
    ("between 1 and 25", {"content": "x", "components": [row(menu(*map(str, range(26))))]}),
    ("same value", {"content": "x", "components": [row(menu("a", "a"))]}),
    ("the options are 1", {"content": "x", "components": [row(menu("a", max_values=2))]}),
    ("stand beside", modern(text("x"), content="x")),
    ("4000", modern(text("x" * 2000), text("x" * 2001))),
    ("40", modern(*(row(button(str(n))) for n in range(21)))),
    ("without text", modern(text(" "))),
    ("empty message", modern()),
]


@pytest.mark.parametrize(("problem", "body"), REFUSED)
async def test_a_message_is_refused(dc: DiscordServer, client: RealClient, problem: str, body: Json) -> None:
    dm = dc.user("Ann", installed=True).dm
    with pytest.raises(discord.HTTPException) as refused:
        await client.http.send_message(dm.id, params=MultipartParameters(body, None, None))
    assert refused.value.code in (50035, 50006)
    (violation,) = dc.violations
    dc.violations.clear()
    assert problem in violation
    assert dm.messages == []


@pytest.mark.parametrize(
    "body",
    [
        {"content": "x" * 2000, "embeds": [{"description": LONG}, {"description": "x" * 1904}]},
        {"content": "x", "components": [row(*(button(f"{r}{n}") for n in range(5))) for r in range(5)]},
        {
            "content": "x",
            "components": [row(button(emoji={"name": "✅"}), button("/2", label="", emoji={"name": "1️⃣"}))],
        },
        {"content": "x", "components": [row(menu(*map(str, range(25)), min_values=0, max_values=25))]},
        modern(*(text("x" * 100) for _ in range(40))),
    ],
)
async def test_a_message_at_its_limits_is_taken(dc: DiscordServer, client: RealClient, body: Json) -> None:
    dm = dc.user("Ann", installed=True).dm
    await client.http.send_message(dm.id, params=MultipartParameters(body, None, None))
    assert len(dm.messages) == 1


def option(name: str = "topic", **more: Any) -> Json:
    return {"type": 3, "name": name, "description": "A word"} | more


def declared(*options: Json, **more: Any) -> Json:
    return {"name": "explain", "description": "Explain", "options": list(options)} | more


CHOICES = [{"name": str(n), "value": str(n)} for n in range(26)]


@pytest.mark.parametrize(
    ("problem", "commands"),
    [
        ("lower case", [declared(name="Explain")]),
        ("not allowed in a name", [declared(name="ex plain")]),
        ("between 1 and 32", [declared(name="x" * 33)]),
        ("between 0 and 100", [declared(description="x" * 101)]),
        ("required", [declared(description="")]),
        ("DUPLICATE", [declared(), declared()]),
        ("100", [declared(name=f"c{n}") for n in range(101)]),
        ("before non-required", [declared(option(), option("count", required=True))]),
        ("between 0 and 25", [declared(*(option(f"o{n}") for n in range(26)))]),
        ("between 0 and 25", [declared(option(choices=CHOICES))]),
        ("exclude each other", [declared(option(choices=CHOICES[:2], autocomplete=True))]),
        ("same name", [declared(option(), option())]),
        ("same name", [declared(option(choices=[CHOICES[0], CHOICES[0]]))]),
        ("side by side", [declared(option(), {"type": 1, "name": "add", "description": "Add"})]),
        ("more than max_value", [declared(option(type=4, min_value=5, max_value=1))]),
    ],
)
def test_commands_are_refused(problem: str, commands: list[Json]) -> None:
    with pytest.raises(Unplaced, match=problem):
        _declare(commands)


def _declare(commands: list[Json]) -> None:
    for number, command in enumerate(commands):
        facts().check("Command", command, str(number))
    check_commands(commands)


def test_a_command_is_refused_that_is_too_long_in_all() -> None:
    choices = [{"name": f"{n:0100}", "value": f"{n:0100}"} for n in range(25)]
    with pytest.raises(Unplaced, match="8000"):
        _declare([declared(option("a", choices=choices), option("b", choices=choices))])


def test_suggestions_are_refused() -> None:
    check_choices(CHOICES[:25], "choices", 3)
    for wrong in ([{"name": "a", "value": "x" * 101}], [{"name": "a", "value": 5}], [CHOICES[0], CHOICES[0]]):
        with pytest.raises(Unplaced):
            check_choices(wrong, "choices", 3)
    with pytest.raises(Unplaced):
        facts().check("SuggestCallback", {"type": 8, "data": {"choices": CHOICES}})


def field(custom_id: str = "text", **more: Any) -> Json:
    return {"type": 4, "custom_id": custom_id, "style": 1, "label": "Text"} | more


@pytest.mark.parametrize(
    ("problem", "components", "title"),
    [
        ("between 1 and 45", [row(field())], "x" * 46),
        ("between 1 and 5", [row(field(str(n))) for n in range(6)], "A note"),
        ("one text input", [row(field("a"), field("b"))], "A note"),
        ("duplicated", [row(field()), row(field())], "A note"),
        ("label", [row(field(label=None))], "A note"),
        ("between 1 and 45", [row(field(label="x" * 46))], "A note"),
        ("its own limits", [row(field(value="far too long", max_length=5))], "A note"),
        ("more than max_length", [row(field(min_length=6, max_length=5))], "A note"),
    ],
)
def test_a_form_is_refused(problem: str, components: list[Json], title: str) -> None:
    data = {"custom_id": "/note", "title": title, "components": components}
    with pytest.raises(Unplaced, match=problem):
        _form(data)


def _form(data: Json) -> None:
    facts().check("ModalCallback", {"type": 9, "data": data})
    check_modal(data)


def test_forms_are_taken() -> None:
    label = {"type": 18, "label": "Text", "component": field(label=None)}
    _form({"custom_id": "/note", "title": "A note", "components": [label, row(field("b", required=False))]})


async def test_a_request_that_cannot_be_placed(dc: DiscordServer, client: RealClient) -> None:
    with pytest.raises(discord.NotFound):
        await client.http.request(Route("GET", "/voice/regions"))
    assert dc.violations == ["GET /api/v10/voice/regions: the request: cannot place this request"]
    dc.violations.clear()


async def test_a_wrong_token(dc: DiscordServer) -> None:
    client = RealClient()
    with pointed(dc), pytest.raises(discord.LoginFailure):
        await client.login("wrong")
    await client.close()


async def test_what_there_is_not(dc: DiscordServer, client: RealClient) -> None:
    ann = dc.user("Ann", installed=True)
    codes = []
    for wrong in (
        client.http.get_message(ann.dm.id, 5),
        client.http.get_channel(5),
        client.http.start_private_message(5),
        client.http.get_guild(5),
        client.http.get_user(5),
    ):
        with pytest.raises(discord.HTTPException) as refused:
            await wrong
        codes.append(refused.value.code)
    assert codes == [10008, 10003, 50033, 10004, 10013]


async def test_permissions(dc: DiscordServer, client: RealClient) -> None:
    guild = dc.guild("Study")
    guild.add_bot()
    channel = guild.channel("general")
    place = await client.fetch_channel(channel.id)
    assert isinstance(place, discord.TextChannel)
    embed = discord.Embed(title="x")
    sent = await place.send("x", nonce="5")
    assert (await place.send("x", nonce="5")).id == sent.id
    codes = []
    for denied in (
        Permission.EMBED_LINKS,
        Permission.READ_MESSAGE_HISTORY,
        Permission.SEND_MESSAGES,
        Permission.VIEW_CHANNEL,
    ):
        channel.deny(guild.everyone, denied)
        with pytest.raises(discord.Forbidden) as refused:
            await (place.send(embed=embed) if denied == Permission.EMBED_LINKS else place.send("x", reference=sent))
        codes.append(refused.value.code)
    assert codes == [50013, 160002, 50013, 50001]
    channel.allow(dc.bot, Permission.VIEW_CHANNEL | Permission.SEND_MESSAGES)
    await place.send("x")
    assert len(channel.messages) == 2


async def test_a_nonce_and_a_file_by_the_librarys_own_parameters(dc: DiscordServer, client: RealClient) -> None:
    ann = dc.user("Ann", installed=True)
    file = discord.File(__file__, "map.png", description="The map")
    embed = discord.Embed(title="Map").set_image(url="attachment://map.png")
    with handle_message_parameters(embed=embed, file=file, nonce=7) as params:
        await client.http.send_message(ann.dm.id, params=params)
    (message,) = ann.dm.messages
    assert (message.files[0].description, message.nonce, message.files[0].upload.mime) == ("The map", "7", "image/png")
