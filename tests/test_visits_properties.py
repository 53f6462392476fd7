"""The ledger is the same whatever order reports come in, and never moves without a report."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from visit_samples import LATER, mention, report

from bot.model import ArticleAnalysis, VisitStatus
from bot.stories import forget_retold, group_stories
from bot.visits import build_ledger

VISITORS = ("Narendra Modi", "PM Modi", "Modi", "Lalit Modi", "Idris al-Harzi", "Quad leaders")
HOSTS = ("India", "New Delhi", "Kestria", "Kestrie")
FIRST = date(2025, 1, 1)
SLOW = settings(max_examples=30, suppress_health_check=[HealthCheck.too_slow])


@st.composite
def forms(draw: st.DrawFn) -> tuple[str | None, str | None]:
    """A start and an end in any precision."""
    day = FIRST + timedelta(days=draw(st.integers(0, 200)))
    stay = draw(st.integers(1, 4))
    return draw(
        st.sampled_from(
            [
                (None, None),
                (str(day.year), None),
                (f"{day.year}-Q{(day.month + 2) // 3}", None),
                (day.isoformat()[:7], None),
                (day.isoformat(), None),
                (day.isoformat(), (day + timedelta(days=stay)).isoformat()),
            ]
        )
    )


@st.composite
def tellings(draw: st.DrawFn) -> list[ArticleAnalysis]:
    """Articles of half a year on a few visitors and hosts, each on one or two visits."""
    hours = draw(st.lists(st.integers(0, 150 * 24), min_size=1, max_size=9, unique=True))
    return [tell(draw, number, hour) for number, hour in enumerate(hours)]


def tell(draw: st.DrawFn, number: int, hour: int) -> ArticleAnalysis:
    mentions = []
    for sentence in (1, 2)[: draw(st.integers(1, 2))]:
        start, end = draw(forms())
        mentions.append(
            mention(
                draw(st.sampled_from([status.value for status in VisitStatus])),
                start,
                end,
                visitor=draw(st.sampled_from(VISITORS)),
                host=draw(st.sampled_from(HOSTS)),
                sentence=sentence,
            )
        )
    day = datetime(2025, 1, 1, tzinfo=UTC) + timedelta(hours=hour)
    outlet, tier = draw(st.sampled_from("ABC")), draw(st.integers(1, 3))
    found = report(
        day.isoformat(), *mentions, outlet=outlet, tier=tier, url=f"https://a.example/{number}"
    )
    return replace(found, article=replace(found.article, id=number + 1))


@SLOW
@given(tellings(), st.randoms(use_true_random=False))
def test_order_and_repetition_do_not_matter(found: list[ArticleAnalysis], random: object) -> None:
    expected = build_ledger(found, LATER)
    again = [*found, *found[::2]]
    random.shuffle(again)  # type: ignore[attr-defined]
    turned = [
        replace(known, analysis=replace(known.analysis, mentions=known.analysis.mentions[::-1]))
        for known in again
    ]
    assert build_ledger(turned, LATER) == expected
    assert len({visit.key for visit in expected}) == len(expected)


@SLOW
@given(tellings())
def test_day_by_day_no_visit_moves_without_a_report_that_says_so(
    found: list[ArticleAnalysis],
) -> None:
    found.sort(key=lambda known: (known.article.published_at, known.article.url))
    before = build_ledger([], LATER)
    for count in range(1, len(found) + 1):
        after = build_ledger(found[:count], LATER)
        for old in before:
            (new,) = [v for v in after if v.history[: len(old.history)] == old.history]
            steps = new.history[len(old.history) :]
            assert all(step.article_url == found[count - 1].article.url for step in steps)
            if (new.status, new.dates) != (old.status, old.dates):
                (step,) = steps
                assert step.is_obeyed
                assert new.status in (old.status, step.status)
        before = after


@SLOW
@given(tellings())
def test_every_word_on_a_visit_is_kept_once(found: list[ArticleAnalysis]) -> None:
    visits = build_ledger(found, LATER)
    told = [(move.article_url, move.status, move.dates) for v in visits for move in v.history]
    mentions = {(k.article.url, m.evidence.sentence) for k in found for m in k.analysis.mentions}
    assert len(found) <= len(told) <= len(mentions)
    assert {url for url, _, _ in told} == {known.article.url for known in found}
    for visit in visits:
        assert all(not move.is_obeyed for move in visit.alternatives)
        assert visit.history[0].is_obeyed
        assert [move.at for move in visit.history] == sorted(move.at for move in visit.history)


@SLOW
@given(tellings(), st.data())
def test_copies_of_a_text_change_nothing(found: list[ArticleAnalysis], data: st.DataObject) -> None:
    whole = [_give_text(known, letter) for known, letter in zip(found, "abcdefghi", strict=False)]
    expected = _ledger_of(whole)
    copied = data.draw(st.sampled_from(whole))
    later = timedelta(hours=data.draw(st.integers(1, 900)))
    copy = replace(
        copied.article,
        id=99,
        url="https://z.example/copy",
        published_at=copied.article.published_at + later,
    )
    assert expected == _ledger_of(whole, ArticleAnalysis(copy, copied.analysis))


def _give_text(known: ArticleAnalysis, letter: str) -> ArticleAnalysis:
    """The report with a long text that no other report has."""
    text = " ".join(f"{letter * count}zq" for count in range(1, 60))
    return replace(known, article=replace(known.article, text=text, title=letter * 7))


def _ledger_of(found: list[ArticleAnalysis], *copies: ArticleAnalysis) -> object:
    """The ledger as the brief builds it: what a copy retells is forgotten."""
    every = [*found, *copies]
    return build_ledger(forget_retold(every, group_stories([k.article for k in every])), LATER)
