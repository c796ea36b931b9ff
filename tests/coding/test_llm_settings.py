from __future__ import annotations

import pytest

from allegiance.coding.llm_settings import URL, Settings
from allegiance.errors import UsageError


def test_defaults_stay_on_this_machine() -> None:
    """Without any variable a server on loopback is asked, without a key."""
    settings = Settings.from_environment({})
    assert (settings.url, settings.key, settings.loopback, settings.warning) == (URL, "", True, "")


def test_variables_are_read() -> None:
    """Each variable sets its part."""
    given = {
        "URL": "https://models.example/v1/",
        "MODEL": "m",
        "KEY": " k ",
        "PRICE_IN": "3",
        "AT_ONCE": "8",
        "CHUNK": "",
    }
    settings = Settings.from_environment({f"ALLEGIANCE_LLM_{name}": value for name, value in given.items()})
    assert (settings.url, settings.model, settings.key) == ("https://models.example/v1", "m", "k")
    assert (settings.price_in, settings.price_out, settings.at_once, settings.chunk) == (3.0, None, 8, 6000)
    assert settings.cost(1_000_000, 5) == 3.0


@pytest.mark.parametrize(
    ("url", "loopback"),
    [
        ("http://localhost:1/v1", True),
        ("http://127.9.9.9/v1", True),
        ("http://[::1]:8080/v1", True),
        ("https://models.example/v1", False),
        ("http://127.0.0.1.models.example/v1", False),
        ("http://192.168.0.7/v1", False),
    ],
)
def test_who_leaves_the_machine_is_warned(url: str, *, loopback: bool) -> None:
    """Only loopback goes without a word; an open line is named as such."""
    settings = Settings(url=url)
    assert settings.loopback is loopback
    assert bool(settings.warning) is not loopback
    assert ("unencrypted" in settings.warning) is (not loopback and url.startswith("http:"))


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("URL", "models.example", "give an address such as"),
        ("URL", "file:///etc/passwd", "give an address such as"),
        ("URL", "http://me:secret@models.example", "ALLEGIANCE_LLM_KEY"),
        ("KEY", "a\nb", "characters that no key has"),
        ("TIMEOUT", "soon", "a number of at least 0.1"),
        ("TIMEOUT", "nan", "a number of at least 0.1"),
        ("ATTEMPTS", "0", "a whole number of at least 1"),
        ("CHUNK", "2.5", "a whole number of at least 200"),
        ("PRICE_IN", "-1", "a number of at least 0"),
    ],
)
def test_bad_variables_are_named(name: str, value: str, sentence: str) -> None:
    """A variable that can't be meant is refused, with its name and what to give instead."""
    with pytest.raises(UsageError, match=sentence) as refused:
        Settings.from_environment({f"ALLEGIANCE_LLM_{name}": value})
    assert "secret" not in str(refused.value)


def test_the_key_is_in_no_representation() -> None:
    """Not even a traceback's view of the settings shows the key."""
    assert "secret" not in repr(Settings(key="secret"))
