"""The environment, read once and checked; what is secret is never printed."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

LEVELS = ("debug", "info", "warning", "error")


class SettingsError(Exception):
    """A setting that cannot be used; the message names it and says the mend."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What the host chose. What may hold a secret is left out of the printed form.

    `keep_groups_days`, `keep_accounts_months`: after so long unseen, groups and accounts are removed.
    """

    database_url: str = field(repr=False)
    content: Path
    log: str = "warning"
    owners: frozenset[tuple[str, str]] = frozenset()
    telegram_token: str = field(default="", repr=False)
    telegram_api_url: str = ""
    telegram_webhook_url: str = ""
    telegram_listen: tuple[str, int] = ("0.0.0.0", 8080)
    discord_token: str = field(default="", repr=False)
    discord_api_url: str = ""
    discord_gateway_url: str = ""
    discord_shards: str = ""
    keep_groups_days: int = 90
    keep_accounts_months: int = 24


def shipped_content() -> Path:
    """Where the content lies: inside an installed package, or beside `bot/` in a checkout."""
    here = Path(__file__).parent
    packed = here / "_content"
    return packed if packed.is_dir() else here.parent / "content"


def user_database() -> str:
    """The URL of the SQLite file in the user's data directory."""
    import platformdirs

    return f"sqlite:///{platformdirs.user_data_path('cairn', appauthor=False) / 'cairn.db'}"


def cache_folder() -> Path:
    """Where what can be made again is kept."""
    import platformdirs

    return platformdirs.user_cache_path("cairn", appauthor=False)


def read(environment: Mapping[str, str]) -> Settings:
    """The settings of an environment; raises SettingsError for the first one that cannot be used."""
    return Settings(
        database_url=_database(environment.get("CAIRN_DATABASE_URL", "").strip()),
        content=Path(environment.get("CAIRN_CONTENT", "").strip() or shipped_content()),
        log=_level(environment.get("CAIRN_LOG", "").strip().lower()),
        telegram_token=_token(environment.get("CAIRN_TELEGRAM_TOKEN", "").strip()),
        telegram_api_url=_address(environment, "CAIRN_TELEGRAM_API_URL", ("http", "https")),
        telegram_webhook_url=_address(environment, "CAIRN_TELEGRAM_WEBHOOK_URL", ("https", "http")),
        telegram_listen=_listen(environment.get("CAIRN_TELEGRAM_LISTEN", "").strip() or "0.0.0.0:8080"),
        discord_token=environment.get("CAIRN_DISCORD_TOKEN", "").strip(),
        discord_api_url=_address(environment, "CAIRN_DISCORD_API_URL", ("http", "https")),
        discord_gateway_url=_address(environment, "CAIRN_DISCORD_GATEWAY_URL", ("ws", "wss")),
        discord_shards=_shards(environment.get("CAIRN_DISCORD_SHARDS", "").strip()),
        keep_groups_days=_count(environment, "CAIRN_KEEP_GROUPS_DAYS", 90),
        keep_accounts_months=_count(environment, "CAIRN_KEEP_ACCOUNTS_MONTHS", 24),
        owners=frozenset(_owner(word) for word in environment.get("CAIRN_OWNERS", "").replace(",", " ").split()),
    )


def _token(token: str) -> str:
    """Telegram's tokens are a bot's number, a colon and a secret; a mistyped one is told before it is sent anywhere."""
    number, _, secret = token.partition(":")
    if token and not (number.isdigit() and secret and not set(token) & set(" /\\\"'")):
        raise SettingsError("CAIRN_TELEGRAM_TOKEN is no token: copy it from @BotFather, it looks like 12345:AbC-dEf")
    return token


def _address(environment: Mapping[str, str], name: str, schemes: tuple[str, ...]) -> str:
    url = environment.get(name, "").strip().rstrip("/")
    try:
        parts = urlsplit(url)
        right = not url or (parts.scheme in schemes and bool(parts.hostname))
    except ValueError:
        right = False
    if not right:
        raise SettingsError(f"{name} is no address: write one that begins with {schemes[0]}://")
    return url


def _listen(text: str) -> tuple[str, int]:
    host, _, port = text.rpartition(":")
    if not host or not port.isdigit() or not int(port) < 65536:
        raise SettingsError(f"CAIRN_TELEGRAM_LISTEN is {text!r}: write host:port, such as 0.0.0.0:8080")
    return host, int(port)


def _shards(text: str) -> str:
    """The shards of this process: "0-3/16" are the first four of sixteen."""
    parts = re.fullmatch(r"(\d+)(?:-(\d+))?/(\d+)", text)
    if text and not (parts and int(parts[1]) <= int(parts[2] or parts[1]) < int(parts[3])):
        raise SettingsError(f"CAIRN_DISCORD_SHARDS is {text!r}: write first-last/all, such as 0-3/16")
    return text


def _count(environment: Mapping[str, str], name: str, default: int) -> int:
    text = environment.get(name, "").strip() or str(default)
    if not re.fullmatch(r"[1-9][0-9]{0,4}", text):
        raise SettingsError(f"{name} is {text!r}: write a whole number from 1 to 99999, such as {default}")
    return int(text)


def _database(url: str) -> str:
    return check_database(url, "CAIRN_DATABASE_URL") if url else user_database()


def check_database(url: str, name: str) -> str:
    """A database URL that Cairn can open, with its driver; raises SettingsError naming the setting `name`."""
    try:
        scheme = urlsplit(url).scheme
    except ValueError:
        scheme = ""
    if scheme in ("postgresql", "postgres"):
        return "postgresql+psycopg" + url[len(scheme) :]
    if scheme in ("sqlite", "postgresql+psycopg"):
        return url
    raise SettingsError(f"{name} is not a database address: write sqlite:////path/to/file.db or postgresql://…")


def _level(word: str) -> str:
    if word and word not in LEVELS:
        raise SettingsError(f"CAIRN_LOG is {word!r}: write one of {', '.join(LEVELS)}")
    return word or "warning"


def _owner(word: str) -> tuple[str, str]:
    platform, _, account = word.partition(":")
    if not platform or not account:
        raise SettingsError(f"CAIRN_OWNERS holds {word!r}: write platform:id, such as telegram:12345")
    return platform, account
