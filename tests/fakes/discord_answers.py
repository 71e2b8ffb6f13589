"""The routes that answer an interaction: the first answer, once and in time; edits and follow-ups by its token."""

from typing import Any

from tests.fakes.discord_command_rules import check_choices
from tests.fakes.discord_components import check_modal
from tests.fakes.discord_facts import facts
from tests.fakes.discord_interaction import (
    AUTOCOMPLETE,
    CHOICES,
    COMMAND,
    COMPONENT,
    DEFERRED,
    DEFERRED_UPDATE,
    MESSAGE,
    MODAL,
    MOST_FOLLOW_UPS,
    SUBMIT,
    UPDATE,
    Interaction,
)
from tests.fakes.discord_message import Message
from tests.fakes.discord_modal import Modal
from tests.fakes.discord_model import EPHEMERAL, Json
from tests.fakes.discord_refusal import Refusal, acknowledged, invalid, unknown
from tests.fakes.discord_sending import create, edit, fill
from tests.fakes.discord_world import Asked, World

BODIES = {
    MESSAGE: "MessageCallback",
    DEFERRED: "MessageCallback",
    DEFERRED_UPDATE: "UpdateCallback",
    UPDATE: "UpdateCallback",
    CHOICES: "SuggestCallback",
    MODAL: "ModalCallback",
}
FITTING = {
    COMMAND: (MESSAGE, DEFERRED, MODAL),
    COMPONENT: (MESSAGE, DEFERRED, DEFERRED_UPDATE, UPDATE, MODAL),
    AUTOCOMPLETE: (CHOICES,),
    SUBMIT: (MESSAGE, DEFERRED, DEFERRED_UPDATE, UPDATE),
}


def first(world: World, asked: Asked) -> Json | None:
    """POST /interactions/{interaction_id}/{interaction_token}/callback."""
    made = world.interactions.get(asked.path["interaction_token"])
    if made is None or made.id != asked.id("interaction_id"):
        raise unknown("interaction")
    if made.callback is not None:
        raise acknowledged()
    if made.late:
        raise unknown("interaction")
    body = asked.body
    kind = body.get("type") if isinstance(body, dict) else None
    if kind not in BODIES:
        raise invalid("type", f"no such answer to an interaction: {kind}")
    facts().check(BODIES[kind], body)
    if kind not in FITTING[made.kind] or (kind in (DEFERRED_UPDATE, UPDATE) and made.source is None):
        raise invalid("type", f"an interaction of type {made.kind} cannot be answered with {kind}")
    _answer(world, made, kind, body.get("data") or {}, asked)
    made.callback = kind
    return _resource(made) if asked.query.get("with_response") in ("1", "true", "True") else None


def _answer(world: World, made: Interaction, kind: int, data: Json, asked: Asked) -> None:
    if kind == MESSAGE:
        made.original = create(world, made.channel, data, asked.files, **_whose(made, data))
        made.channel.tell("MESSAGE_CREATE", made.original)
    elif kind == DEFERRED:
        if data.keys() - {"flags"} or (data.get("flags") or 0) & ~EPHEMERAL:
            raise invalid("data", f"a deferral says only whether it is ephemeral: {data}")
        made.original = made.channel.add(world.bot, thinking=True, **_whose(made, data))
    elif kind == UPDATE:
        assert made.source is not None
        if made.source.deleted:
            raise unknown("Message")
        made.original = edit(world, made.source, data, asked.files)
    elif kind == DEFERRED_UPDATE:
        made.original = made.source
    elif kind == CHOICES:
        check_choices(data["choices"], "data.choices", _focused(made.data["options"]))
        made.choices = data["choices"]
    else:
        check_modal(data)
        made.modal = Modal(data, made)


def _focused(options: list[Json]) -> int:
    """The type of the option that is being typed."""
    for option in options:
        if option.get("focused"):
            return int(option["type"])
        if option.get("options"):
            return _focused(option["options"])
    raise AssertionError("nothing is being typed")


def _whose(made: Interaction, data: Json) -> dict[str, Any]:
    private = bool((data.get("flags") or 0) & EPHEMERAL) or made.forced_private
    return {"interaction": made, "only_for": made.who if private else None}


def _resource(made: Interaction) -> Json:
    told: Json = {"id": str(made.id), "type": made.kind}
    resource: Json = {"type": made.callback}
    if made.original is not None and made.callback in (MESSAGE, DEFERRED, UPDATE):
        told |= {"response_message_id": str(made.original.id), "response_message_loading": made.original.thinking}
        told |= {"response_message_ephemeral": made.original.private}
        resource["message"] = made.original.as_json()
    return {"interaction": told, "resource": resource}


def _by_token(world: World, asked: Asked) -> Interaction:
    made = world.interactions.get(asked.path["webhook_token"])
    if made is None or asked.id("webhook_id") != world.application_id or made.callback is None:
        raise unknown("Webhook")
    if made.expired:
        raise Refusal(401, 50027, "Invalid Webhook Token")
    return made


def follow_up(world: World, asked: Asked) -> Json | None:
    """POST /webhooks/{webhook_id}/{webhook_token}: the first after a deferral is what was deferred."""
    made, body = _by_token(world, asked), asked.body
    facts().check("WebhookMessage", body)
    waits = asked.query.get("wait") in ("1", "true", "True")
    if made.thinking:
        assert made.original is not None
        if bool((body.get("flags") or 0) & EPHEMERAL) != made.original.private and not made.forced_private:
            raise invalid("flags", "the first follow-up to a deferred answer is as private as the deferral was")
        message = _fill(world, made, asked)
        return message.as_json() if waits else None
    if made.only_theirs and len(made.follow_ups) >= MOST_FOLLOW_UPS:
        raise Refusal(400, 40094, "This interaction has reached the maximum number of follow-up messages")
    message = create(world, made.channel, body, asked.files, **_whose(made, body))
    made.follow_ups.append(message)
    made.channel.tell("MESSAGE_CREATE", message)
    return message.as_json() if waits else None


def _fill(world: World, made: Interaction, asked: Asked) -> Message:
    assert made.original is not None
    message = fill(world, made.original, asked.body, asked.files)
    message.channel.tell("MESSAGE_CREATE", message)
    return message


def _message(made: Interaction, asked: Asked) -> Message:
    """The message of that number, `@original` too, if it is one of this interaction's."""
    name = asked.path["message_id"]
    own = {str(message.id): message for message in made.follow_ups}
    if made.original is not None:
        own |= {"@original": made.original, str(made.original.id): made.original}
    if name not in own or own[name].deleted:
        raise unknown("Message")
    return own[name]


def change(world: World, asked: Asked) -> Json:
    """PATCH /webhooks/{webhook_id}/{webhook_token}/messages/{message_id}."""
    made = _by_token(world, asked)
    facts().check("WebhookEdit", asked.body)
    message = _message(made, asked)
    if message.thinking:
        return _fill(world, made, asked).as_json()
    edit(world, message, asked.body, asked.files)
    made.edits += message is made.original
    return message.as_json()


def fetch(world: World, asked: Asked) -> Json:
    """GET /webhooks/{webhook_id}/{webhook_token}/messages/{message_id}."""
    return _message(_by_token(world, asked), asked).as_json()


def delete(world: World, asked: Asked) -> None:
    """DELETE /webhooks/{webhook_id}/{webhook_token}/messages/{message_id}."""
    message = _message(_by_token(world, asked), asked)
    message.channel.said_deleted(message)


OF_TOKEN = "/webhooks/{webhook_id}/{webhook_token}"
ROUTES = {
    "POST /interactions/{interaction_id}/{interaction_token}/callback": first,
    f"POST {OF_TOKEN}": follow_up,
    f"PATCH {OF_TOKEN}/messages/{{message_id}}": change,
    f"GET {OF_TOKEN}/messages/{{message_id}}": fetch,
    f"DELETE {OF_TOKEN}/messages/{{message_id}}": delete,
}
