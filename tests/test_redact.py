"""Nothing that is a secret, or looks like one, is left in a text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from secret_samples import DATABASE, DISCORD, OPENAI, SLACK_APP, SLACK_BOT, WEB_TOKEN

from bot.errors import ModelError
from bot.logs import redact


@pytest.mark.parametrize(
    ("text", "secret"),
    [
        (f"LoginFailure: Improper token {DISCORD} was passed.", DISCORD),
        ("Error 401: Incorrect API key provided: sk-proj-****************Ab1x. Find", "Ab1x"),
        ("Authentication Fails, Your api key: ****Ab1x is invalid", "Ab1x"),
        ("can't fetch https://feeds.example/rss?format=xml&key=k3yv4lue#top", "k3yv4lue"),
        ("https://feeds.example/rss?api_key=k3yv4lue&x=1", "k3yv4lue"),
        ("https://feeds.example/rss?a=1&amp;token=k3yv4lue", "k3yv4lue"),
        ("https://feeds.example/rss?user[password]=k3yv4lue", "k3yv4lue"),
        ("https://s3.example/f?X-Amz-Signature=k3yv4lue", "k3yv4lue"),
        ("can't fetch https://reader:k3yv4lue@feeds.example/rss", "k3yv4lue"),
        ("can't fetch https://k3yv4lue@feeds.example/rss", "k3yv4lue"),
        ("https://reader:k3y@v4lue@feeds.example/rss", "v4lue"),
        ("postgresql://bot:k3y/v4lue@db/briefing", "v4lue"),
        (f"<App token={SLACK_APP!r} bot={SLACK_BOT!r}>", SLACK_BOT),
        (f"<App token={SLACK_APP!r} bot={SLACK_BOT!r}>", SLACK_APP),
        (SLACK_APP, SLACK_APP),
        (f"OperationalError: {DATABASE}", "s3cr3tpw"),
        ("connection failed: host=db user=bot password=k3yv4lue", "k3yv4lue"),
        ("connection failed: password = 'k3y v4lue'", "v4lue"),
        ("ProxyError: http://proxyuser:k3yv4lue@proxy.example:3128", "k3yv4lue"),
        ("{'Authorization': 'Bearer k3yv4lue', 'Accept': '*/*'}", "k3yv4lue"),
        ("(b'Authorization', b'Bot k3yv4lue')", "k3yv4lue"),
        ("Authorization: Basic k3yv4lue==", "k3yv4lue"),
        ("sent bearer k3yv4lue to", "k3yv4lue"),
        ("{'api_key': 'k3yv4lue', 'timeout': 30}", "k3yv4lue"),
        ("DISCORD_TOKEN=k3yv4lue in .env", "k3yv4lue"),
        (f"cookie {WEB_TOKEN}", "abcDEF123456"),
        ("POST https://discord.example/api/v10/interactions/42/k3yv4lue/callback", "k3yv4lue"),
        ("PATCH https://discord.example/api/v10/webhooks/42/k3yv4lue/messages", "k3yv4lue"),
    ],
)
def test_what_has_the_shape_of_a_secret_is_masked(text, secret):
    assert secret in text
    assert secret not in redact(text)
    assert "***" in redact(text)


@pytest.mark.parametrize(
    "text",
    [
        "article.extracted url=https://feeds.example/a?page=2#key facts=3 tokens=512",
        "delivery.sent slot=7/2026-06-03/06:00 part=1 try=1 reason=-",
        "https://social.example/@ministry/post and https://host.example:8080/@user/post",
        "A task-force-led risk-averse 12.34.56 release of bot.channels.discord.gateway",
        "poll.failed feed=3 error=The time zone “Atlantis” is unknown here; set it anew.",
        "write to desk@example.org",
    ],
)
def test_what_is_no_secret_stays_as_it_is(text):
    assert redact(text) == text


def test_a_given_secret_is_masked_as_it_is_and_as_urls_carry_it():
    text = "p@ss/w ord and p%40ss%2Fw%20ord and longer: abcdefgh, ab"
    assert redact(text, ["p@ss/w ord", "abcd", "abcdefgh", "ab", ""]) == (
        "*** and *** and longer: ***, ab"
    )


def test_a_traceback_meant_for_a_user_shows_no_secret():
    try:
        try:
            raise ConnectionError(f"{DATABASE} refused")
        except ConnectionError as error:
            raise ModelError(f"key {OPENAI} refused") from error
    except ModelError as error:
        shown = redact(f"{error!r} from {error.__cause__!r}")
    assert OPENAI not in shown
    assert "s3cr3tpw" not in shown
    assert "db.example" in shown


@given(st.text(max_size=60), st.text(st.characters(codec="ascii"), min_size=4, max_size=20))
def test_a_given_secret_never_remains_whatever_is_around_it(around, secret):
    if "*" not in secret:
        assert secret not in redact(f"{around}{secret}{around}", [secret])


@pytest.mark.parametrize(
    "piece",
    ["https://", "?a", "a-", "eyJ-", "*", "sk-", "x://a:", "password='", "'", "key", "xox", "@"],
)
@pytest.mark.timeout(30)
def test_a_secret_behind_a_long_text_of_its_like_is_masked(piece):
    shown = redact(f"{piece * (100_000 // len(piece))} {OPENAI} is left")
    assert OPENAI not in shown
    assert shown.endswith("*** is left")
