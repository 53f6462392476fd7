"""The settings of the calendar's server, as an operator writes them."""

import pytest

from bot.config import Settings, load_settings
from bot.errors import SettingsError


def load(monkeypatch: pytest.MonkeyPatch, **env: str) -> Settings:
    for name in ("METRICS_PORT", "METRICS_HOST", "PUBLIC_URL"):
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
