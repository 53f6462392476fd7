"""What the stages ask of the web, of engines and of platforms, as Protocols."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Protocol

from bot.model import (
    Article,
    Brief,
    CalendarEntry,
    Correction,
    Draft,
    DraftAnswer,
    Drop,
    Fetched,
    Finding,
    Item,
    Look,
    Outline,
    ParsedFeed,
    ParsedPage,
    Passage,
    Picture,
    Topic,
    Visit,
)

Clock = Callable[[], datetime]
"""The one way to the present: an aware UTC datetime."""
Payloads = tuple[Mapping[str, object], ...]
"""Messages as a platform's own JSON, in the order in which they are posted."""


class Fetcher(Protocol):
    """Fetches from public addresses only, with caps on size, time and hops."""

    async def fetch(self, url: str, *, etag: str = "", last_modified: str = "") -> Fetched:
        """GET ``url``; a 304 comes back with an empty body.

        Raises:
            FetchError: refused address, time-out, too large, status of 400 and above.
        """


class Parser(Protocol):
    """Reads hostile documents in a process that can be killed."""

    async def parse_feed(self, body: bytes, *, url: str, content_type: str = "") -> ParsedFeed:
        """Read RSS, Atom or JSON Feed.

        Raises:
            DocumentError: not a feed, a captcha page, or over the limits.
        """

    async def parse_page(self, body: bytes, *, url: str, content_type: str = "") -> ParsedPage:
        """Read an HTML page; its ``text`` is empty when it holds no article.

        Raises:
            DocumentError: a captcha page, not HTML, or over the limits.
        """


class Outlines(Protocol):
    """Lists of feeds as other programs read and write them; reading may take a while."""

    def read(self, document: bytes) -> tuple[Outline, ...]:
        """The feeds of a file in its order, each once, with what is wrong with its address.

        Raises:
            DocumentError: no such file, or too large.
        """

    def write(self, outlines: Sequence[Outline]) -> bytes:
        """A file of the feeds; ``read`` gives the same values back."""

    def load_starters(self) -> Mapping[str, tuple[Outline, ...]]:
        """The feeds that are shipped to begin with, by the name of their group.

        Raises:
            DocumentError: they are not there, or can't be read.
        """


class Engine(Protocol):
    """Proposes facts, visits and answers; nothing it says is believed before grounding."""

    @property
    def name(self) -> str:
        """``extractive``, or ``openai/`` and the model's name."""

    @property
    def prompt_version(self) -> str:
        """Changes when the same text could give another draft."""

    async def draft(
        self, article: Article, topics: Sequence[Topic], *, drops: Sequence[Drop] = ()
    ) -> Draft:
        """Propose facts and visits of one article; ``drops`` are the reasons of a failed try.

        Raises:
            ModelError: nothing usable came back.
        """

    async def check(self) -> None:
        """Ask, at no cost, whether it would answer.

        Raises:
            ModelError: the key, the model's name or the address is wrong, or it is down.
        """

    async def answer(self, question: str, passages: Sequence[Passage]) -> DraftAnswer:
        """Answer from the passages alone, or with no lines where they don't tell.

        Raises:
            ModelError: nothing usable came back.
        """


class Embedder(Protocol):
    """Turns texts of any language into vectors that lie near where the meanings do."""

    @property
    def name(self) -> str:
        """Model and version: vectors of another name are no neighbours of these."""

    async def embed(self, texts: Sequence[str], *, is_question: bool = False) -> tuple[bytes, ...]:
        """One vector a text: 384 bytes, each an int8, scaled by the vector's own largest part.

        A question goes before articles that wait. Long texts are cut.

        Raises:
            EmbedError: permanent if there will be no vectors for a while, whatever the texts.
        """

    async def close(self) -> None:
        """End what was started for it."""


class Channel(Protocol):
    """One platform: renders for it and sends to it. Knows nothing of slots or briefs' making."""

    @property
    def platform(self) -> str:
        """The name used in ``ChannelRef.platform``."""

    def render_brief(self, brief: Brief, mark: Callable[[int], str], look: Look) -> Payloads:
        """The messages of a brief as JSON-able payloads, each within the platform's limits.

        ``mark(number)`` is the short text, unique for ever, that message ``number`` (from 1)
        must show or carry, so that it can be found again.
        """

    def render_alert(self, items: Sequence[Item], mark: str, look: Look) -> Payloads:
        """The messages of what can't wait for the next brief."""

    def render_notice(self, findings: Sequence[Finding], mark: str, look: Look) -> Payloads:
        """The messages that tell admins what is wrong and what to do."""

    def render_corrected(
        self,
        payload: Mapping[str, object],
        corrections: Sequence[Correction],
        look: Look,
        timezone: str,
    ) -> Mapping[str, object]:
        """A brief's first message as it was rendered, with the corrections for all to see."""

    async def send(
        self, channel_id: str, payload: Mapping[str, object], nonce: str, *, first_id: str = ""
    ) -> str:
        """Post one message and return its id; the same nonce within minutes posts once.

        ``first_id`` is the delivery's first message, under which the others may have to go.

        Raises:
            ChannelError: not posted; or ``is_unknown``, nobody can tell.
        """

    async def find_sent(
        self, channel_id: str, mark: str, after: datetime, *, first_id: str = ""
    ) -> str | None:
        """The id of our own message that carries ``mark``, or None if it is surely not there.

        Raises:
            ChannelError: the history can't be read, so nobody can tell.
        """

    async def edit(self, channel_id: str, message_id: str, payload: Mapping[str, object]) -> bool:
        """Put another text into a message of ours, files stay; False if it is not there any more.

        Raises:
            ChannelError: it could not be changed.
        """

    def render_reminder(
        self,
        entry: CalendarEntry,
        agenda: Sequence[Item],
        mark: str,
        *,
        days: int,
        note: str = "",
        look: Look,
    ) -> Payloads:
        """The message that says that a visit is ``days`` days away, with its open agenda.

        ``note`` is what a reader must know, such as that it comes late.
        """

    async def close(self) -> None:
        """Let go of connections."""


class CalendarWriter(Protocol):
    """Writes visits for calendar programs."""

    def write(self, entries: Sequence[CalendarEntry], *, name: str, now: datetime) -> bytes:
        """An iCalendar file (RFC 5545) of the entries; ``name`` is the calendar's title."""


class Painter(Protocol):
    """Draws pictures for channels."""

    def draw_timeline(self, visits: Sequence[Visit], *, now: datetime, timezone: str) -> Picture:
        """The coming weeks of those visits, readable without colour."""


class EventBoard(Protocol):
    """A platform's own calendar, such as Discord's Scheduled Events."""

    @property
    def platform(self) -> str:
        """The name used in ``ChannelRef.platform``."""

    async def sync_events(
        self, workspace: str, entries: Sequence[CalendarEntry], *, now: datetime
    ) -> int:
        """Make our events there match the entries; returns how many calls changed something.

        Safe to run twice and after a crash: our events are found by a mark that they carry.

        Raises:
            ChannelError: a right is missing, or the platform can't be reached.
        """
