import unicodedata

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from store_samples import NOW, at, follow, new_article

from bot.ports import Store

# Questions that break a search which lets any of them through as syntax.
QUESTIONS = (
    '"', '""', "'", "AND", "OR", "NEAR(", "nope:trade", "-trade", "C++", "F-35", "a.b", "e-mail",
    "what is new?", "$5bn", "#tag", "@user", "\\", "\x00", "🚀", "aaaaaaaaaa", "1 OR 1=1", "%_%",
    "a" * 6000, "🚀" * 6000, "trade OR " * 600, "the of and", '"' * 1000,
    "title:x", "text*", "^trade", "{title}: x", "NOT trade", "a + b", "NEAR(a b, 2)", "\ud800",
)  # fmt: skip

ARTICLES = {
    "oslo": "The minister flew to Oslo for talks on steel tariffs.",
    "jets": "Poland ordered 32 F-35 jets. The order is worth $5bn.",
    "delhi": "प्रधानमंत्री दिल्ली में राष्ट्रपति से मिले।",
    "cafe": "Entretiens à la résidence: le café d'après-midi à Évian.",
    "kyiv": "Міністр прибув до Києва.",
}


async def seed(store: Store) -> None:
    feed = await follow(store)
    articles = [
        new_article(f"https://news.test/{name}", text, title=name)
        for name, text in ARTICLES.items()
    ]
    await store.save_articles(feed.id, articles)


async def names_found(store: Store, *terms: str | tuple[str, ...]) -> list[str]:
    groups = [(term,) if isinstance(term, str) else term for term in terms]
    hits = await store.search("desk", groups, as_of=at(60), limit=10)
    return [article.title for article, _ in hits]


@pytest.mark.parametrize("question", QUESTIONS, ids=range(len(QUESTIONS)))
async def test_no_question_is_syntax(store: Store, question: str) -> None:
    await seed(store)
    await store.search("desk", [[word] for word in question.split()], as_of=at(60), limit=5)
    await store.search("desk", [question.split(), [question + "*"]], as_of=at(60), limit=5)
    await store.search("desk", [[question]] * 2000, as_of=at(60), limit=5)


@given(st.lists(st.lists(st.text(), max_size=20), max_size=40))
@settings(max_examples=50, suppress_health_check=[HealthCheck.function_scoped_fixture])
async def test_no_words_at_all_are_syntax(store: Store, terms: list[list[str]]) -> None:
    await store.search("desk", terms, as_of=at(60), limit=5)


@pytest.mark.parametrize(
    ("word", "name"),
    [
        ("tariff", "oslo"),
        ("OSLO", "oslo"),
        ("F-35", "jets"),
        ("$5bn", "jets"),
        ("दिल्ली", "delhi"),
        ("राष्ट्रपति", "delhi"),
        ("cafe", "cafe"),
        ("evian", "cafe"),
        (unicodedata.normalize("NFD", "résidence"), "cafe"),
        ("києва", "kyiv"),
    ],
)
async def test_a_word_is_found_in_any_script_case_and_accent(
    store: Store, word: str, name: str
) -> None:
    await seed(store)
    assert await names_found(store, word) == [name]


async def test_any_of_the_words_will_do_and_the_best_match_is_first(store: Store) -> None:
    await seed(store)
    assert await names_found(store, "Poland", "jets", "tariffs") == ["jets", "oslo"]
    asked = [["Poland"], ["jets"], ["tariffs"]]
    hits = await store.search("desk", asked, as_of=at(60), limit=10)
    scores = [score for _, score in hits]
    assert scores == sorted(scores, reverse=True)
    assert min(scores) > 0


async def test_one_of_a_terms_alternatives_will_do(store: Store) -> None:
    await seed(store)
    found = await names_found(store, ("Polish", "Poland"), ("duties", "tariffs"))
    assert sorted(found) == ["jets", "oslo"]
    assert await names_found(store, ("प्रधानमंत्री", "prime minister")) == ["delhi"]


async def test_a_bare_word_is_a_term_of_one_form(store: Store) -> None:
    await seed(store)
    hits = await store.search("desk", ["Oslo"], as_of=at(60), limit=5)
    assert [article.title for article, _ in hits] == ["oslo"]


async def test_a_phrase_is_found_as_it_stands(store: Store) -> None:
    await seed(store)
    assert await names_found(store, "flew to Oslo") == ["oslo"]
    assert await names_found(store, "Oslo flew") == []


@pytest.mark.parametrize(
    ("form", "names"),
    [
        ("tari*", ["oslo"]),
        ("tari", []),
        ("steel tari*", ["oslo"]),
        ("दिल*", ["delhi"]),
        ("ta*", []),
        ("*", []),
        ("ta riff*", []),
        ("'*", []),
    ],
)
async def test_a_star_at_the_end_stands_for_any_ending_of_a_longer_word(
    store: Store, form: str, names: list[str]
) -> None:
    await seed(store)
    assert await names_found(store, form) == names


async def test_only_what_was_published_since_is_found(store: Store) -> None:
    feed = await follow(store)
    days = [new_article(f"https://news.test/{day}", seen_at=at(-day * 1440)) for day in range(4)]
    await store.save_articles(feed.id, days)
    since = days[1].published_at
    hits = await store.search("desk", [["oslo"]], as_of=NOW, since=since, limit=9)
    assert [article.url for article, _ in hits] == ["https://news.test/0", "https://news.test/1"]


async def test_among_equals_the_newer_is_first(store: Store) -> None:
    feed = await follow(store)
    for day in (1, 3, 0, 2):
        new = new_article(f"https://news.test/{day}", seen_at=at(-day * 1440))
        await store.save_articles(feed.id, [new])
    hits = await store.search("desk", [["oslo"]], as_of=NOW, limit=9)
    assert [article.url[-1] for article, _ in hits] == ["0", "1", "2", "3"]


async def test_a_title_is_searched_too(store: Store) -> None:
    await seed(store)
    assert await names_found(store, "kyiv") == ["kyiv"]


async def test_no_words_find_nothing(store: Store) -> None:
    await seed(store)
    assert await names_found(store) == []
    assert await names_found(store, "", "?!") == []


async def test_words_beyond_the_thirty_second_are_not_asked(store: Store) -> None:
    await seed(store)
    padding = [f"unheard{n}" for n in range(32)]
    assert await names_found(store, *padding[:31], "oslo") == ["oslo"]
    assert await names_found(store, *padding, "oslo") == []


async def test_no_more_is_found_than_asked_for(store: Store) -> None:
    await seed(store)
    assert len(await store.search("desk", [["the"], ["à"]], as_of=at(60), limit=1)) == 1


async def test_what_was_not_yet_seen_is_not_found(store: Store) -> None:
    await seed(store)
    assert await store.search("desk", [["oslo"]], as_of=at(-1), limit=5) == ()
    assert len(await store.search("desk", [["oslo"]], as_of=NOW, limit=5)) == 1


async def test_words_of_a_replaced_version_are_found_only_as_of_its_time(store: Store) -> None:
    feed = await follow(store)
    await store.save_articles(feed.id, [new_article(text="The visit is on.")])
    await store.save_articles(feed.id, [new_article(text="It was called off.", seen_at=at(30))])
    assert await store.search("desk", [["visit"]], as_of=at(60), limit=5) == ()
    ((article, _),) = await store.search("desk", [["visit"]], as_of=at(29), limit=5)
    assert article.text == "The visit is on."


async def test_a_text_of_two_articles_is_found_as_two(store: Store) -> None:
    feed = await follow(store)
    copies = [new_article("https://a.test/1"), new_article("https://b.test/1")]
    await store.save_articles(feed.id, copies)
    hits = await store.search("desk", [["oslo"]], as_of=NOW, limit=5)
    assert {article.url for article, _ in hits} == {"https://a.test/1", "https://b.test/1"}
