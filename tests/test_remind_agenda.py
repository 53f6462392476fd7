"""The open agenda of a visit: kept facts of its own articles, what is still to come first."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from stage_samples import TOPICS, analyse, article, store
from visit_samples import mention

from bot.model import Analysis, Article, ArticleAnalysis, Evidence, Fact, Item, Mention, Visit
from bot.read import read_lines
from bot.remind.agenda import MOST, list_agenda, list_articles
from bot.stories import group_stories
from bot.visits import build_ledger

TUNED = Path(__file__).parent / "evals" / "tuned" / "articles.jsonl"
LATER = datetime(2026, 1, 1, tzinfo=UTC)
TRIP = "Anna Berg, the prime minister of Norway, will visit Japan on 20 March."


def kept(found: Article, facts: dict[int, str], *mentions: Mention) -> ArticleAnalysis:
    """The article with facts of these sentences, and visits that its first sentence tells of."""
    texts = {sentence.number: sentence.text for sentence in found.sentences}
    told = tuple(
        Fact(tag=tag, text=texts[n], evidence=(Evidence(n, texts[n]),), engine="extractive")
        for n, tag in facts.items()
    )
    analysis = Analysis(
        text_hash=found.text_hash,
        engine="extractive",
        prompt_version="1",
        facts=told,
        mentions=mentions,
        drops=(),
    )
    return ArticleAnalysis(found, analysis)


def report(
    text: str,
    *,
    number: int = 1,
    trip: str = TRIP,
    outlet: str = "Gazette",
    published: str = "2025-03-01T08:00+00:00",
) -> ArticleAnalysis:
    """An article that tells of the trip first, then of what ``text`` says."""
    found = article(
        f"{trip} {text}", number=number, published=published, title="News", outlet=outlet
    )
    facts = {sentence.number: "trade" for sentence in found.sentences if sentence.number > 1}
    return kept(found, facts, mention("confirmed", "2025-03-20", quote=trip, sentence=1))


def agenda(*analyses: ArticleAnalysis, host: str = "Japan") -> tuple[Item, ...]:
    ledger = build_ledger(analyses, LATER)
    [visit] = [one for one in ledger if one.host == host]
    return agenda_of(visit, [one for one in ledger if one is not visit], analyses)


def agenda_of(
    visit: Visit, others: list[Visit], analyses: tuple[ArticleAnalysis, ...]
) -> tuple[Item, ...]:
    own = list_articles(visit, analyses)
    stories = group_stories([known.article for known in own])
    return list_agenda(visit, others, own, stories, TOPICS)


def texts(items: tuple[Item, ...]) -> list[str]:
    return [item.text for item in items]


# ---------------------------------------------------------------- a real chain of articles


@pytest.fixture(scope="module")
def chain() -> tuple[ArticleAnalysis, ...]:
    """What the built-in engine makes of the articles up to three days before the visit."""
    readings = read_lines(TUNED.name, TUNED.read_text("utf-8"))
    articles = [store(reading, number=number) for number, reading in enumerate(readings, 1)]
    until = datetime(2025, 2, 9, 6, tzinfo=UTC)
    return tuple(analyse(one) for one in articles if one.seen_at <= until)


def test_the_agenda_of_a_trip_to_washington_is_what_its_articles_leave_open(
    chain: tuple[ArticleAnalysis, ...],
) -> None:
    ledger = build_ledger(chain, datetime(2025, 2, 9, 6, tzinfo=UTC))
    [visit] = [v for v in ledger if (v.visitor, v.host) == ("Narendra Modi", "United States")]
    items = agenda_of(visit, [v for v in ledger if v is not visit], chain)
    assert 3 <= len(items) <= MOST
    told = "\n".join(texts(items))
    assert "GE fighter-jet engines" in told
    assert "energy to be an easy win" in told
    for elsewhere in ("Rafale", "Marseille", "artificial intelligence", "Quad", "Ishiba"):
        assert elsewhere not in told
    articles = {known.article.id: known for known in list_articles(visit, chain)}
    for item in items:
        facts = [fact.text for known in articles.values() for fact in known.analysis.facts]
        assert item.text in facts
        for cited in item.citations:
            assert cited.quote in articles[cited.article_id].article.text
    numbers = [cited.n for item in items for cited in item.citations]
    assert sorted(set(numbers)) == list(range(1, len(set(numbers)) + 1))


# ---------------------------------------------------------------- which lines


def test_what_is_to_come_stands_before_what_was_done_and_the_rest_is_left_out() -> None:
    items = agenda(
        report(
            "Berg sold Japan salmon worth $300 million. The yard opened in 1990. "
            "Both sides may sign a fisheries accord."
        )
    )
    assert texts(items) == [
        "Both sides may sign a fisheries accord.",
        "Berg sold Japan salmon worth $300 million.",
    ]


def test_a_date_after_the_visit_begins_makes_a_line_one_of_what_is_to_come() -> None:
    items = agenda(report("The tariff ends on 1 April 2025. The quota ended on 1 February 2025."))
    assert texts(items) == ["The tariff ends on 1 April 2025."]


def test_a_month_that_may_be_the_last_one_is_nothing_to_come() -> None:
    assert agenda(report("The contract was signed in October.")) == ()


def test_news_of_the_trip_itself_comes_after_what_it_is_about() -> None:
    found = article(f"{TRIP} She may stay longer. A cable may be laid.", title="News")
    trip = mention("confirmed", "2025-03-20", quote=TRIP, sentence=1)
    items = agenda(kept(found, {1: "visits", 2: "visits", 3: "trade"}, trip))
    assert texts(items) == ["A cable may be laid.", "She may stay longer."]


def test_of_equal_lines_the_newest_comes_first() -> None:
    items = agenda(
        report("A cable may be laid to Hokkaido.", number=1),
        report("Rockets may be bought.", number=2, published="2025-03-10T08:00+00:00"),
    )
    assert texts(items) == ["Rockets may be bought.", "A cable may be laid to Hokkaido."]


def test_there_are_at_most_five_lines_and_three_of_one_article() -> None:
    many = " ".join(
        f"A {thing} may be built." for thing in ("dam", "port", "ferry", "pier", "dock")
    )
    assert len(agenda(report(many))) == 3
    others = " ".join(f"A {thing} may be sold." for thing in ("tram", "crane", "barge", "kiln"))
    assert len(agenda(report(many), report(others, number=2, outlet="Post"))) == MOST


def test_a_line_that_tells_of_the_trip_and_more_is_a_point_of_its_subject_alone() -> None:
    known = report("She will sign a contract for patrol vessels.")
    evidence = tuple(Evidence(s.number, s.text) for s in known.article.sentences)
    both = f"{TRIP} She will sign a contract for patrol vessels."
    fact = Fact(tag="defence", text=both, evidence=evidence, engine="extractive")
    own = ArticleAnalysis(known.article, _with_facts(known.analysis, (fact,)))
    assert texts(agenda(own)) == [both]
    travel = _with_facts(known.analysis, (replace(fact, tag="visits"),))
    assert agenda(ArticleAnalysis(known.article, travel)) == ()


def test_what_repeats_the_news_of_the_trip_is_no_point_wherever_it_stands() -> None:
    first = article(f"{TRIP} The yard is old.", title="News")
    repeated = article(f"Anna Berg may stay on in Tokyo. {TRIP}", number=2, title="News")
    trip = mention("planned", "2025-03-20", sentence=1)
    assert agenda(kept(first, {1: "visits"}, trip), kept(repeated, {2: "trade"}, trip)) == ()


def test_a_line_within_a_longer_one_is_not_said_twice() -> None:
    known = report("A cable may be laid. It may end in Osaka.")
    both = Fact(
        tag="defence",
        text="A cable may be laid. It may end in Osaka.",
        evidence=tuple(fact.evidence[0] for fact in known.analysis.facts),
        engine="extractive",
    )
    facts = (*known.analysis.facts, both)
    whole = ArticleAnalysis(known.article, _with_facts(known.analysis, facts))
    assert texts(agenda(whole)) == ["A cable may be laid. It may end in Osaka."]


def _with_facts(analysis: Analysis, facts: tuple[Fact, ...]) -> Analysis:
    return Analysis(
        text_hash=analysis.text_hash,
        engine=analysis.engine,
        prompt_version=analysis.prompt_version,
        facts=facts,
        mentions=analysis.mentions,
        drops=(),
    )


def test_two_who_say_the_same_are_one_line_with_both_cited() -> None:
    line = "Japan may buy four Norwegian patrol vessels worth $52 million."
    first = report(f"The harbour is old, and its cranes date from before the war. {line}")
    trip = "Tokyo expects the Norwegian premier Anna Berg on the twentieth, her office told us."
    weather = "Snow fell in Oslo all week and kept ferries at their berths. Schools stayed shut."
    second = report(f"{weather} {line}", trip=trip, number=2, outlet="Post")
    (item,) = agenda(first, second)
    assert [cited.outlet for cited in item.citations] == ["Gazette", "Post"]


def test_articles_that_do_not_tell_of_the_visit_add_nothing() -> None:
    other = article("Norway and Japan may sign a fisheries accord.", number=2)
    assert agenda(report("The yard opened in 1990."), kept(other, {1: "trade"})) == ()


# ---------------------------------------------------------------- articles of several visits


def test_in_an_article_of_two_trips_a_line_belongs_to_the_one_that_was_named_last() -> None:
    text = (
        "Anna Berg will visit Japan on 20 March and Kenya on 25 March. In Tokyo she may sign a "
        "fisheries accord. A cable may follow. In Nairobi she may open a school. A road may follow."
    )
    found = article(text, title="News", published="2025-03-01T08:00+00:00")
    trips = (
        mention("confirmed", "2025-03-20", sentence=1),
        mention("confirmed", "2025-03-25", host="Kenya", sentence=1),
    )
    known = kept(found, dict.fromkeys((2, 3, 4, 5), "trade"), *trips)
    assert texts(agenda(known)) == [
        "In Tokyo she may sign a fisheries accord.",
        "A cable may follow.",
    ]
    assert texts(agenda(known, host="Kenya")) == [
        "In Nairobi she may open a school.",
        "A road may follow.",
    ]


def test_of_two_visitors_to_one_capital_each_has_its_own_lines() -> None:
    text = (
        "Narendra Modi and Emmanuel Macron will visit Washington next week. India may buy drones. "
        "France may buy helicopters."
    )
    found = article(text, title="News", published="2025-02-07T08:00+00:00")
    trips = [
        mention("confirmed", "2025-02-12", visitor=who, host="United States", sentence=1)
        for who in ("Narendra Modi", "Emmanuel Macron")
    ]
    known = kept(found, {2: "defence", 3: "defence"}, *trips)
    ledger = build_ledger([known], LATER)
    shown = {
        visit.visitor: texts(agenda_of(visit, [v for v in ledger if v is not visit], (known,)))
        for visit in ledger
    }
    assert shown == {
        "Narendra Modi": ["India may buy drones."],
        "Emmanuel Macron": ["France may buy helicopters."],
    }


def test_countries_that_no_list_has_are_known_by_their_names() -> None:
    text = "Mira Solan, the president of Ledania, will visit Kestria on 20 March. "
    trip = mention(
        "confirmed",
        "2025-03-20",
        visitor="Mira Solan",
        host="Kestria",
        quote=text.strip(),
        sentence=1,
    )
    found = article(f"{text}Solan gave Kestrian farmers a quota. The yard is old.", title="News")
    known = kept(found, {2: "trade", 3: "trade"}, trip)
    assert texts(agenda(known, host="Kestria")) == ["Solan gave Kestrian farmers a quota."]
