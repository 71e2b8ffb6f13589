"""Settings come from the environment, are checked, and keep their secrets."""

from pathlib import Path

import pytest

from bot.settings import SettingsError, read


def test_nothing_set_is_enough() -> None:
    settings = read({})
    assert settings.database_url.startswith("sqlite:///")
    assert (settings.content / "roadmaps").is_dir()
    assert settings.owners == frozenset()


def test_what_is_set_is_read() -> None:
    given = {
        "CAIRN_DATABASE_URL": "postgresql://a:b@h/db",
        "CAIRN_LOG": "DEBUG",
        "CAIRN_OWNERS": "telegram:1, discord:2",
    }
    settings = read({**given, "CAIRN_CONTENT": "/x", "CAIRN_KEEP_GROUPS_DAYS": "30"})
    assert (settings.keep_groups_days, settings.keep_accounts_months) == (30, 24)
    assert settings.database_url == "postgresql+psycopg://a:b@h/db"
    assert settings.log == "debug"
    assert settings.owners == {("telegram", "1"), ("discord", "2")}
    assert settings.content == Path("/x")


@pytest.mark.parametrize(
    ("name", "value", "mend"),
    [
        ("CAIRN_DATABASE_URL", "mysql://x", "sqlite:////path"),
        ("CAIRN_LOG", "loud", "debug, info"),
        ("CAIRN_OWNERS", "me", "platform:id"),
        ("CAIRN_KEEP_GROUPS_DAYS", "0", "from 1 to 99999"),
        ("CAIRN_KEEP_ACCOUNTS_MONTHS", "two", "such as 24"),
    ],
)
def test_a_wrong_setting_is_named_with_its_mend(name: str, value: str, mend: str) -> None:
    with pytest.raises(SettingsError) as error:
        read({name: value})
    assert name in str(error.value)
    assert mend in str(error.value)


def test_a_password_is_not_printed() -> None:
    assert "s3cret" not in repr(read({"CAIRN_DATABASE_URL": "postgresql://ann:s3cret@h/db"}))
    with pytest.raises(SettingsError) as error:
        read({"CAIRN_DATABASE_URL": "mysql://ann:s3cret@h/db"})
    assert "s3cret" not in str(error.value)
