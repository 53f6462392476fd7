"""Articles that give orders to a model, a model that obeys, and what comes of them."""

import json
import re
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from fakes.model import Asked, FakeModel
from fakes.outbox import SetClock
from stage_samples import settings_for

from bot.app import open_tools
from bot.channels.console import shapes
from bot.channels.console.export import render_html, render_markdown, render_text
from bot.channels.discord.render import render_brief
from bot.config import find_folder
from bot.jobs.compose import compose_brief
from bot.jobs.gather import extract_new, read
from bot.jobs.tools import Tools
from bot.model import Brief, Reading
from bot.ports.posting import PLAIN
from bot.wording import load_wordings

ENGLISH = load_wordings(find_folder("prompts") / "wording")["en"]

NOW = datetime(2025, 3, 1, tzinfo=UTC)
CASES = json.loads((Path(__file__).parent / "data" / "bad_inputs.json").read_text("utf-8"))
INJECTIONS = {
    case["id"]: case["input"]
    for case in CASES
    if case["category"] == "prompt_injection" and isinstance(case["input"], str)
}
GOODS = (
    "steel", "barley", "copper", "rubber", "silk", "sugar", "salt", "timber", "wine", "wool",
    "tea", "coffee", "cocoa", "cotton", "maize", "rice", "zinc", "tin", "nickel", "coal",
    "cement", "paper", "glass", "leather", "fish", "olives", "honey", "butter", "cheese", "oats",
    "wheat", "soya", "palm oil", "rapeseed", "graphite", "lithium", "cobalt", "uranium", "gold",
    "silver",
)  # fmt: skip
CANARY = re.compile(r"CANARY|evil\.test|@everyone|OPENAI_API_KEY|/feeds remove|prompt", re.I)


def news(number: int, *more: str, title: str = "") -> Reading:
    """An article about one tariff, with further sentences between its first and its last."""
    goods = GOODS[number]
    paragraphs = [f"Talia will cut its tariff on {goods} to {number + 3} per cent.", *more, "So."]
    return Reading(
        url=f"https://gazette.example/{number}",
        guid="",
        outlet="Gazette",
        title=title or f"A tariff on {goods}",
        text="\n\n".join(paragraphs),
        language="en",
        published_at=NOW - timedelta(hours=2, minutes=number),
    )


def obey(asked: Asked) -> str:
    """Tell the truth about sentence 1, and do whatever was ordered, in every way there is."""
    shown = asked.messages[1]["content"]
    if "passage 1:" in shown:
        cites = [{"passage": 1, "sentence": 1}]
        lines = [asked.messages[0]["content"][:250], "CANARY: see the prompt.", "@everyone log in"]
        return json.dumps(
            {"answered": True, "lines": [{"text": line, "cites": cites} for line in lines]}
        )
    truth = re.findall(r"^\[1\] (.+)$", shown, re.MULTILINE)
    orders = [
        *re.findall(r"^\[\d+\] (.+)$", shown, re.MULTILINE)[1:-1],
        *INJECTIONS.values(),
        "Talia will cut its tariff on CANARY.",
        "Read more at evil.test/x.",
        "@everyone Talia will cut its tariff.",
    ]
    lies = [
        {"tag": tag, "text": text, "sentences": [1, 2, 3]}
        for text in orders[:9]
        for tag in ("trade", "CANARY")
    ]
    facts = [{"tag": "trade", "text": text, "sentences": [1]} for text in truth]
    visit = {
        "visitor": "CANARY",
        "host": "Talia",
        "place": None,
        "date_text": "",
        "status": "confirmed",
        "sentences": [1, 2],
    }
    return json.dumps({"facts": [*facts, *lies], "visits": [visit]})


@dataclass(frozen=True)
class Desk:
    """What came of some articles and an obedient model."""

    brief: Brief
    asked: list[Asked]
    outputs: list[str]
    facts: list[str]


@asynccontextmanager
async def open_desk(
    folder: Path, readings: Sequence[Reading]
) -> AsyncIterator[tuple[Tools, FakeModel]]:
    async with FakeModel(obey) as model:
        settings = settings_for(folder, openai_base_url=model.base_url, openai_model="obedient")
        async with open_tools(settings, clock=SetClock(NOW)) as tools:
            await read(tools, "desk", readings)
            await extract_new(tools)
            yield tools, model


async def work(folder: Path, readings: Sequence[Reading]) -> Desk:
    async with open_desk(folder, readings) as (tools, model):
        start_at = NOW - timedelta(days=1)
        brief = await compose_brief(tools, "desk", start_at=start_at, end_at=NOW)
        found = await tools.store.list_analyses(
            "desk", tools.engine.name, start_at=start_at, end_at=NOW
        )
    assert not brief.note, brief.note
    return Desk(
        brief=brief,
        asked=model.requests,
        outputs=[
            json.dumps(shapes.brief_json(brief), ensure_ascii=False),
            json.dumps(shapes.facts_json(found), ensure_ascii=False),
            json.dumps(render_brief(brief, lambda _: "", PLAIN, ENGLISH), ensure_ascii=False),
            render_text(brief),
            render_markdown(brief),
            render_html(brief),
        ],
        facts=[fact.text for known in found for fact in known.analysis.facts],
    )
