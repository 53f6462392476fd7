"""The settings of the calendar's server and of the limits, as an operator writes them."""

from pathlib import Path

import pytest

from bot.config import Settings, load_settings
from bot.errors import SettingsError


def load(monkeypatch: pytest.MonkeyPatch, **env: str) -> Settings:
    for name in ("METRICS_PORT", "METRICS_HOST", "PUBLIC_URL", *LIMITS):
        monkeypatch.delenv(name, raising=False)
    for name, value in env.items():
        monkeypatch.setenv(name, value)
    return load_settings()


def test_nothing_listens_unless_a_port_is_set(monkeypatch: pytest.MonkeyPatch) -> None:
    for env in ({}, {"METRICS_PORT": ""}):
        settings = load(monkeypatch, **env)
        assert settings.metrics_port is None
        assert settings.metrics_host == "127.0.0.1"
        assert settings.calendar_url == ""


@pytest.mark.parametrize(
    ("port", "url", "start"),
    [
        ("8080", "https://briefs.example.org/", "https://briefs.example.org"),
        ("8080", "http://127.0.0.1:8080/bot", "http://127.0.0.1:8080/bot"),
        ("8080", "", ""),
        ("", "https://briefs.example.org", ""),
    ],
)
def test_links_need_a_port_and_an_address(
    monkeypatch: pytest.MonkeyPatch, port: str, url: str, start: str
) -> None:
    assert load(monkeypatch, METRICS_PORT=port, PUBLIC_URL=url).calendar_url == start


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("METRICS_PORT", "0"),
        ("METRICS_PORT", "65536"),
        ("METRICS_PORT", "http"),
        ("PUBLIC_URL", "briefs.example.org"),
        ("PUBLIC_URL", "ftp://briefs.example.org"),
        ("PUBLIC_URL", "https://"),
        ("PUBLIC_URL", "https://me:secret@briefs.example.org"),
        ("PUBLIC_URL", "https://briefs.example.org/?a=1"),
    ],
)
def test_a_wrong_value_is_refused_by_name_and_not_repeated(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    with pytest.raises(SettingsError, match=name) as caught:
        load(monkeypatch, **{name: value})
    assert "secret" not in str(caught.value)


LIMITS = {
    "QUESTIONS_PER_MINUTE": 3,
    "QUESTIONS_PER_DAY": 100,
    "SERVER_QUESTIONS_PER_DAY": 1000,
    "WORKSPACE_TOKENS_PER_DAY": 500_000,
    "TOKENS_PER_DAY": 5_000_000,
}


def test_the_limits_are_those_of_the_example_file(monkeypatch: pytest.MonkeyPatch) -> None:
    settings = load(monkeypatch)
    assert {name: getattr(settings, name.lower()) for name in LIMITS} == LIMITS
    example = (Path(__file__).parents[1] / ".env.example").read_text("utf-8")
    for name, value in LIMITS.items():
        assert f"\n{name}={value}\n" in example


@pytest.mark.parametrize("name", list(LIMITS))
def test_a_limit_is_a_number_that_makes_sense(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    assert getattr(load(monkeypatch, **{name: " 7 "}), name.lower()) == 7
    for wrong in ("-1", "many", "1.5"):
        with pytest.raises(SettingsError, match=name):
            load(monkeypatch, **{name: wrong})
    if "TOKENS" in name:
        assert getattr(load(monkeypatch, **{name: "0"}), name.lower()) == 0
    else:
        with pytest.raises(SettingsError, match=name):
            load(monkeypatch, **{name: "0"})
