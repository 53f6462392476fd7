"""Single texts: what their first lines say, and what can't be read."""

from datetime import UTC, datetime

import pytest

from bot.errors import DocumentError, InputError
from bot.read import parse_moment, read_lines, read_text


def test_a_date_line_and_the_text_are_read() -> None:
    reading = read_text("seed.txt", " date 2025-01-28 \n\n\nIn a call, two leaders spoke.\n")
    assert reading.published_at == datetime(2025, 1, 28, 12, tzinfo=UTC)
    assert reading.text == "In a call, two leaders spoke."
    assert reading.title == "In a call, two leaders spoke."
    assert reading.url == "file:seed.txt"


def test_a_markdown_heading_is_the_title() -> None:
    reading = read_text("a/b.md", "# The title\n\nText here.\n\n## Part\n\nMore.")
    assert reading.title == "The title"
    assert "#" not in reading.text
    assert reading.url == "file:a/b.md"


def test_markdown_reads_as_its_text() -> None:
    text = "- The **12 submarines** of [France](https://fr.example/x) are `late`."
    assert read_text("a.md", f"# T\n\n{text}").text == "The 12 submarines of France are late."


def test_files_of_one_name_in_two_folders_are_two_articles() -> None:
    assert read_text("a/x.txt", "One.").url != read_text("b/x.txt", "Two.").url


@pytest.mark.parametrize("text", ["", "  \n ", "date 2025-01-28\n\n"])
def test_an_empty_text_is_refused(text: str) -> None:
    with pytest.raises(DocumentError, match="empty"):
        read_text("x.txt", text)


def test_a_date_that_is_none_is_refused() -> None:
    with pytest.raises(InputError, match="2025-01-28"):
        read_text("x.txt", "date 28/01/2025\n\nText.")


def test_a_date_alone_is_noon_so_that_it_is_that_date_everywhere() -> None:
    assert parse_moment("2025-01-28").hour == 12
    assert parse_moment("2025-01-28T06:10:00+05:30").utcoffset() is not None


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("{", "not a JSON object"),
        ("[1]", "not a JSON object"),
        ('{"text": "x"}', "'url' is missing"),
        ('{"url": "javascript:x", "text": "x"}', "starts with http"),
        ('{"url": "https://a.example/1"}', "a text or html"),
        ('{"url": "https://a.example/1", "text": "x", "published": "soon"}', "no date"),
        ("[" * 100_000, "not a JSON object"),
    ],
)
def test_a_bad_line_is_named_by_its_number(line: str, problem: str) -> None:
    good = '{"url": "https://a.example/0", "text": "Good."}'
    with pytest.raises(DocumentError, match=f"line 2 .*{problem}"):
        read_lines("x.jsonl", f"{good}\n{line}\n")
