"""What a look changes of a brief, what corrections add to it, and what is told between briefs."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

import pytest
from discord_messages import ALERT, CORRECTIONS, FINDINGS, FORUM, ROLE, THREAD, mark
from discord_reader import list_embeds, must_fit, read, read_all
from discord_samples import ANSWER, BRIEF, LONG, NOW, QUIET, VISITS, citation
from discord_words import ENGLISH, FRENCH, WORDINGS

from bot.channels.discord.answers import render_answer
from bot.channels.discord.corrections import render_corrected
from bot.channels.discord.ledger import render_visits
from bot.channels.discord.limits import Payload, check_payload, measure
from bot.channels.discord.login import Login
from bot.channels.discord.notices import render_alert, render_notice
from bot.channels.discord.render import render_brief
from bot.channels.discord.send import DiscordChannel
from bot.model import (
    Brief,
    CalendarEntry,
    Change,
    Correction,
    FeedState,
    Finding,
    Form,
    Item,
    Look,
    Picture,
    Section,
    Style,
    VisitStatus,
)
from bot.ports.posting import PLAIN

COMPACT = Look(style=Style.COMPACT)
EMBED = {"title": "t"}


def render(brief: Brief, look: Look) -> tuple[Payload, ...]:
    payloads = render_brief(brief, mark, look, ENGLISH)
    must_fit(payloads)
    return payloads


# ---------------------------------------------------------------- styles


def test_a_compact_line_ends_in_its_linked_numbers_and_has_no_line_of_sources() -> None:
    embeds = {embed["title"]: embed["description"] for embed in list_embeds(render(BRIEF, COMPACT))}
    first, second, _ = embeds["Defence"].split("\n\n")
    assert read(first).text.endswith("worth $7.4 billion.\u00a0[1]\u00a0[2]\n")
    assert [kind for kind, _ in read(first).live] == ["bold", "link", "link"]
    assert read(second).text == (
        "Updated · Deliveries begin in 2028.\u00a0[3]\nwas: Deliveries begin in 2027\n"
    )
    assert "was: planned, February 2025\u00a0[8]" in read(embeds["Visits"]).text
    assert "Emmanuel Macron → India · Meridian Wire" in read(embeds["Visit ledger"]).text
    assert not any("> “" in description for description in embeds.values())


def test_numbers_go_on_unlinked_where_a_line_has_no_room_and_none_is_lost() -> None:
    cited = [
        replace(citation(n), article_url=f"https://news.example.org/{'a' * 900}{n}")
        for n in range(1, 2_001)
    ]
    items = (Item(text="Words.", citations=tuple(cited)),)
    brief = replace(BRIEF, sections=(Section(tag="t", title="T", items=items),), visits=())
    shown = read_all(render(brief, COMPACT))
    assert all(f"[{n}]" in shown.text for n in range(1, 2_001))
    assert 2 <= sum(kind == "link" for kind, _ in shown.live) < 200


# ---------------------------------------------------------------- forms


def test_a_thread_has_the_cover_alone_above_it_with_what_each_section_holds() -> None:
    first, *rest = render(BRIEF, THREAD)
    (cover,) = list_embeds([first])
    assert cover["title"] == "Brief · 29 January 2025"
    assert cover["description"].endswith(
        "Defence: 2 lines\nTrade: 1 line\nSanctions: nothing new\nVisits: 1 line\n"
        "3 upcoming visits\n1 point on which sources disagree"
    )
    assert rest
    assert all(payload["thread"] == {"name": "Brief · 29 January 2025"} for payload in rest)
    assert list_embeds(rest)[0]["title"] == "Defence"
    assert "thread" not in first


def test_a_thread_with_nothing_in_it_is_not_made() -> None:
    (only,) = render(QUIET, THREAD)
    assert "Defence: nothing new\nTrade: nothing new" in read_all([only]).text


def test_a_brief_with_visits_or_a_contradiction_alone_has_its_thread() -> None:
    assert len(render(replace(QUIET, visits=VISITS), THREAD)) == 2
    assert len(render(replace(QUIET, contradictions=BRIEF.contradictions), THREAD)) == 2


def test_a_post_has_a_name_and_at_most_five_tags_and_later_parts_go_into_it() -> None:
    look = replace(FORUM, forum_tags=tuple("abcdefg"))
    first, *rest = render(LONG, look)
    assert first["post"] == {"name": "Brief · 29 January 2025", "tags": list("abcde")}
    assert rest
    assert all(payload["in_post"] is True and "post" not in payload for payload in rest)


def test_alerts_and_notices_in_a_forum_are_posts_of_their_own() -> None:
    (alert,) = render_alert(ALERT, mark(1), FORUM, ENGLISH)
    (notice,) = render_notice(FINDINGS, mark(1), FORUM, ENGLISH)
    assert alert["post"] == {"name": "Between briefs", "tags": ["Briefs", "Daily"]}
    assert notice["post"] == {"name": "What needs your attention", "tags": ["Briefs", "Daily"]}
    (under,) = render_alert(ALERT, mark(1), THREAD, ENGLISH)
    assert "thread" not in under


async def test_a_reminder_in_a_forum_is_a_post_of_its_own() -> None:
    channel = DiscordChannel(Login("token"), WORDINGS)
    entry = CalendarEntry(uid="a1", sequence=0, changed_at=NOW, visit=VISITS[0])
    (payload,) = channel.render_reminder(entry, (), mark(1), days=3, look=FORUM)
    assert payload["post"] == {"name": "Narendra Modi", "tags": ["Briefs", "Daily"]}


def test_the_picture_stands_below_the_ledger_in_every_language_and_form() -> None:
    brief = replace(BRIEF, picture=Picture(b"png", "A timeline."))
    for form in Form:
        for language, words in WORDINGS.items():
            payloads = render_brief(brief, mark, Look(form=form, language=language), words)
            titles = [each["title"] for each in list_embeds(payloads) if "image" in each]
            assert titles == [words.say("brief.ledger")]


# ---------------------------------------------------------------- mentions


def test_only_roles_of_topics_that_have_something_are_mentioned() -> None:
    first, *rest = render(BRIEF, THREAD)
    assert (first["content"], first["mentions"]) == (f"<@&{ROLE}>", [ROLE])
    assert not any("content" in payload for payload in rest)
    (quiet,) = render(QUIET, Look(mentions=(("defence", ROLE),)))
    assert "content" not in quiet


def test_a_role_of_two_topics_is_mentioned_once() -> None:
    (payload,) = render(BRIEF, Look(mentions=(("trade", ROLE), ("defence", ROLE), ("visits", "7"))))
    assert payload["content"] == f"<@&{ROLE}> <@&7>"


@pytest.mark.parametrize("role", ["everyone", "@here", "1> <@2", "", "0", "-5", "１２", "1" * 21])
def test_what_is_no_id_of_a_role_mentions_nobody(role: str) -> None:
    (payload,) = render(BRIEF, Look(mentions=(("defence", role),)))
    assert "content" not in payload


def test_a_thousand_roles_do_not_break_the_message() -> None:
    look = Look(mentions=tuple(("defence", f"{10**19 + n}") for n in range(1_000)))
    (payload,) = render(BRIEF, look)
    assert 1_900 < measure(str(payload["content"])) <= 2_000


# ---------------------------------------------------------------- the contract


@pytest.mark.parametrize(
    ("parts", "problem"),
    [
        ({"content": "hello"}, "content: other than"),
        ({"content": "<@&1>"}, "content: other than"),
        ({"mentions": ["1"]}, "content: other than"),
        ({"content": "<@&x>", "mentions": ["x"]}, "no id of a role: x"),
        ({"content": "<@&1> @everyone", "mentions": ["1"]}, "content: other than"),
        ({"post": {"name": "", "tags": []}}, "post: no name"),
        ({"post": {"name": "n" * 101, "tags": []}}, "post: name: 101 of 100"),
        ({"post": {"name": "n", "tags": ["a"] * 6}}, "post: tags: 6 of 5"),
        ({"thread": {"name": " "}}, "thread: no name"),
        ({"thread": {"name": "👍" * 51}}, "thread: name: 102 of 100"),
        ({"thread": {"name": "t"}, "in_post": True}, "in_post and thread: only one"),
    ],
)
def test_a_message_that_breaks_the_contract_is_caught(
    parts: dict[str, object], problem: str
) -> None:
    assert any(found.startswith(problem) for found in check_payload({"embeds": [EMBED], **parts}))


def test_many_mentions_over_the_limit_are_caught() -> None:
    roles = [str(10**19 + n) for n in range(90)]
    content = " ".join(f"<@&{role}>" for role in roles)
    problems = check_payload({"embeds": [EMBED], "content": content, "mentions": roles})
    assert problems == [f"content: {len(content):,} of 2,000"]


# ---------------------------------------------------------------- corrections


def correct(
    payload: Payload, corrections: Sequence[Correction], timezone: str = "Europe/London"
) -> Payload:
    changed = render_corrected(payload, corrections, PLAIN, ENGLISH, timezone)
    must_fit([changed])
    return changed


def test_a_correction_stands_first_with_its_moment_its_source_and_the_new_sentence() -> None:
    (payload,) = render(BRIEF, PLAIN)
    head, *rest = list_embeds([correct(payload, CORRECTIONS)])
    assert head["title"] == "Corrections"
    assert read(head["description"]).text.split("\n\n") == [
        "Corrected 29 January 2025, 09:40 · [3] Meridian Wire: the sentence now reads"
        " “The two sides agreed on Wednesday.”",
        "Corrected 29 January 2025, 15:00 · [6] Meridian Wire: the source no longer has the"
        " cited sentence\n",
    ]
    assert rest == list_embeds([payload])
    text = read_all([correct(payload, CORRECTIONS, "Asia/Kolkata")]).text
    assert "Corrected 29 January 2025, 15:10 · [3]" in text


def test_correcting_again_replaces_what_was_told_before() -> None:
    (payload,) = render(BRIEF, PLAIN)
    once = correct(payload, CORRECTIONS)
    assert correct(correct(payload, CORRECTIONS[1:]), CORRECTIONS) == once
    assert correct(once, ()) == payload


def test_buttons_files_and_place_stay_when_a_brief_is_corrected() -> None:
    brief = replace(BRIEF, picture=Picture(b"png", "A timeline."))
    first, *_ = render(brief, FORUM)
    changed = correct(first, CORRECTIONS)
    kept = set(first) - {"embeds"}
    assert {name: changed[name] for name in kept} == {name: first[name] for name in kept}


def test_a_full_message_has_room_for_a_correction_and_counts_the_others() -> None:
    filler = tuple(Item(text="x" * 30, citations=()) for _ in range(400))
    brief = replace(BRIEF, sections=(Section(tag="t", title="T", items=filler),))
    longest = Correction(99_999, "*" * 500, "x", "*" * 5_000, NOW)
    for look in (PLAIN, COMPACT, FORUM):
        first, *rest = render(brief, look)
        assert rest
        told = list_embeds([correct(first, [longest] * 60)])[0]["description"].split("\n\n")
        assert len(told) == 2, len(told)
        assert told[0].startswith("Corrected ")
        assert told[1] == "and 59 more corrections"


def test_a_message_with_ten_sections_has_room_for_a_correction() -> None:
    sections = tuple(Section(tag="t", title=f"Topic {n}", items=()) for n in range(30))
    first, *_ = render(replace(BRIEF, sections=sections), PLAIN)
    assert len(list_embeds([correct(first, CORRECTIONS)])) == 10


def test_the_oldest_corrections_are_kept() -> None:
    (payload,) = render(QUIET, PLAIN)
    many = [
        Correction(n, "Wire", "x", f"Now {n}.", NOW + timedelta(hours=30 - n)) for n in range(1, 31)
    ]
    text = read_all([correct(payload, many)]).text
    assert text.index("Now 30.") < text.index("Now 29.") < text.index("Now 21.")
    assert "Now 20." not in text
    assert "and 20 more corrections" in text


def test_a_message_that_was_stored_without_room_stays_as_it_was() -> None:
    full: Payload = {"embeds": [{"title": "t", "description": "d"}] * 10}
    assert correct(full, CORRECTIONS) == full


# ---------------------------------------------------------------- between briefs


def test_an_alert_mentions_the_roles_of_its_look_and_nobody_else() -> None:
    (payload,) = render_alert(ALERT, "m-1", Look(mentions=(("visits", "77"),)), ENGLISH)
    must_fit([payload])
    assert (payload["content"], payload["mentions"]) == ("<@&77>", ["77"])


def test_an_alert_is_one_message_with_its_sources_and_its_mark() -> None:
    (payload,) = render_alert(ALERT, "m-1", PLAIN, ENGLISH)
    must_fit([payload])
    (embed,) = list_embeds([payload])
    assert embed["title"] == "Between briefs"
    assert embed["footer"]["text"] == "Between briefs · m-1"
    assert "[4] Halden Post" in read(embed["description"]).text


def test_of_too_many_items_an_alert_keeps_the_first_and_counts_the_others() -> None:
    items = [Item(text=f"Item {n}. {'*' * 3_000}", citations=(citation(n),)) for n in range(30)]
    (payload,) = render_alert(items, "m-1", PLAIN, ENGLISH)
    must_fit([payload])
    text = read_all([payload]).text
    kept = sum(f"Item {n}." in text for n in range(30))
    assert kept >= 2
    assert f"{30 - kept} more lines left out: this message is full." in text


def test_a_notice_says_what_is_wrong_and_below_it_what_to_do() -> None:
    (payload,) = render_notice(FINDINGS, "m-1", PLAIN, ENGLISH)
    must_fit([payload])
    (embed,) = list_embeds([payload])
    blocks = embed["description"].split("\n\n")
    assert len(blocks) == len(FINDINGS)
    assert all("\n-# " in block for block in blocks)
    assert "Halden \\*Post\\* has been failing for 2 days: status 403" in blocks[0]
    assert "in <#8001> is paused" in blocks[1]
    assert "<t:1738130400:f>" in blocks[2]
    assert "500,000 tokens" in blocks[4]


def test_a_hostile_value_of_a_finding_is_only_text() -> None:
    trick = "@everyone <#1> [x](https://evil.test) **b**"
    values = {"order": trick, "channel": trick, "reason": trick}
    (payload,) = render_notice([Finding("notice.order_paused", False, values)], "", PLAIN, ENGLISH)
    assert {kind for kind, _ in read_all([payload]).live} == {"block"}


def test_sixty_findings_are_told_or_counted() -> None:
    long = Finding(
        "notice.feed_failing", False, {"title": "*" * 400, "reason": "*" * 400, "days": "3"}
    )
    (payload,) = render_notice([long] * 60, "m-1", PLAIN, ENGLISH)
    must_fit([payload])
    assert "more lines left out" in read_all([payload]).text


# ---------------------------------------------------------------- languages


def test_a_french_brief_keeps_the_lines_and_says_all_else_in_french() -> None:
    text = read_all(render_brief(BRIEF, mark, PLAIN, FRENCH)).text
    for line in (item.text for section in BRIEF.sections for item in section.items):
        assert line in text
    for words in (
        "Synthèse · 29 janvier 2025",
        "Défense",
        "Nouveau · India and France",
        "avant\u00a0: Deliveries begin in 2027",
        "12–13 février 2025 (<t:1739361600:R>) · confirmée · Narendra Modi",
        "troisième trimestre 2025 · prévue",
        "Plus ancien, source primaire\u00a0: The contract",
    ):
        assert words in text
    assert "Sanctions" in text  # no topic that we have words for


def test_a_french_answer_quotes_as_it_was_published() -> None:
    text = read_all(render_answer(ANSWER, FRENCH)).text
    assert "«\u00a0Mr Modi will travel to Washington on 12 and 13 February.\u00a0»" in text
    assert "28 janv. 2025" in text


def test_every_change_state_and_standing_has_its_word() -> None:
    for words in (ENGLISH, FRENCH):
        for kind, names in (("change", Change), ("status", VisitStatus), ("feed", FeedState)):
            assert all(words.say(f"common.{kind}.{name.name.lower()}") for name in names)
    # The words of lines that are told elsewhere in English must be the same here.
    assert all(ENGLISH.say(f"common.change.{change.name.lower()}") == change for change in Change)
    assert all(ENGLISH.say(f"common.status.{each.name.lower()}") == each for each in VisitStatus)


def test_visits_are_told_in_french() -> None:
    text = read_all(render_visits(VISITS, None, FRENCH)).text
    assert "confirmée depuis le 28 janv. 2025" in text
    assert "annoncé autrement par Meridian Wire" in text
