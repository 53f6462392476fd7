"""pages → pictures: headless Chromium, started once, told over its own debugging socket."""

import asyncio
import base64
import itertools
import json
import shutil
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

import aiohttp
from PIL import Image, ImageColor
from preview import WIDTH

_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
_SECONDS = 60
_GROUND, _EMBED = "#313338", "#2b2d31"
# What is drawn on what, and in how many shades from one to the other.
_SHADES = (
    *(("#dbdee1", _EMBED, 7), ("#f2f3f5", _EMBED, 4), ("#949ba4", _EMBED, 4)),
    *(("#00a8fc", _EMBED, 6), ("#f2f3f5", _GROUND, 3), ("#949ba4", _GROUND, 3)),
    *(("#ffffff", "#5865f2", 3), ("#ffffff", "#4e5058", 3), ("#c9cdfb", "#3c4270", 3)),
    *(("#dbdee1", "#3f4147", 3), ("#ffcc4d", "#4e5058", 2), ("#dbdee1", "#1e1f22", 3)),
)
# Elements whose text does not fit, and how high the page is.
_MEASURE = """JSON.stringify({
  clipped: [...document.querySelectorAll("*")]
    .filter(e => e.clientWidth && e.scrollWidth > e.clientWidth)
    .map(e => `${e.className}: ${e.textContent.slice(0, 60)}`),
  height: document.documentElement.scrollHeight,
})"""


@dataclass(frozen=True)
class Drawing:
    """A picture of few colours; ``clipped`` names elements that are wider than their place."""

    png: bytes
    clipped: tuple[str, ...]


def find_browser() -> str | None:
    """The program that draws, if this machine has one."""
    return next(filter(None, map(shutil.which, _NAMES)), None)


def draw(pages: Mapping[str, str], browser: str) -> dict[str, Drawing]:
    """Draw each page under its name."""
    return asyncio.run(asyncio.wait_for(_draw(pages, browser), _SECONDS))


async def _draw(pages: Mapping[str, str], browser: str) -> dict[str, Drawing]:
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        process = await asyncio.create_subprocess_exec(
            browser,
            *("--headless=new", "--no-sandbox", "--disable-gpu", "--hide-scrollbars"),
            *("--disable-dev-shm-usage", "--no-first-run", "--remote-debugging-port=0"),
            *(f"--user-data-dir={folder}", "about:blank"),
            stdout=asyncio.subprocess.DEVNULL,
            stderr=asyncio.subprocess.DEVNULL,
        )
        try:
            address = await _find_address(Path(folder) / "DevToolsActivePort")
            async with (
                aiohttp.ClientSession() as session,
                session.ws_connect(address, max_msg_size=0) as socket,
            ):
                tab = await _open_tab(_Tab(socket))
                return {name: await _draw_page(tab, page) for name, page in pages.items()}
        finally:
            process.kill()
            await process.wait()


async def _find_address(file: Path) -> str:
    """Chromium writes its port and path when it listens."""
    while not (file.exists() and len(lines := file.read_text().split()) == 2):
        await asyncio.sleep(0.02)
    port, path = lines
    return f"ws://127.0.0.1:{port}{path}"


class _Tab:
    """Calls of Chromium's protocol, one at a time."""

    def __init__(self, socket: aiohttp.ClientWebSocketResponse, session: str = "") -> None:
        self.socket = socket
        self._session = {"sessionId": session} if session else {}
        self._numbers = itertools.count(1)

    async def call(self, method: str, **params: object) -> dict[str, Any]:
        number = next(self._numbers)
        told = {"id": number, "method": method, "params": params, **self._session}
        await self.socket.send_json(told)
        async for message in self.socket:
            answer = json.loads(message.data)
            if answer.get("id") == number:
                assert "error" not in answer, answer
                return dict(answer["result"])
        raise ConnectionError("Chromium ended")


async def _open_tab(browser: _Tab) -> _Tab:
    target = await browser.call("Target.createTarget", url="about:blank")
    attached = await browser.call(
        "Target.attachToTarget", targetId=target["targetId"], flatten=True
    )
    return _Tab(browser.socket, attached["sessionId"])


async def _draw_page(tab: _Tab, page: str) -> Drawing:
    await tab.call(
        "Emulation.setDeviceMetricsOverride",
        width=WIDTH,
        height=200,
        deviceScaleFactor=1,
        mobile=False,
    )
    tree = await tab.call("Page.getFrameTree")
    await tab.call("Page.setDocumentContent", frameId=tree["frameTree"]["frame"]["id"], html=page)
    await tab.call("Runtime.evaluate", expression="document.fonts.ready", awaitPromise=True)
    found = await tab.call("Runtime.evaluate", expression=_MEASURE)
    measured = json.loads(found["result"]["value"])
    shot = await tab.call(
        "Page.captureScreenshot",
        captureBeyondViewport=True,
        clip={"x": 0, "y": 0, "width": WIDTH, "height": measured["height"], "scale": 1},
    )
    return Drawing(_shrink(base64.b64decode(shot["data"])), tuple(measured["clipped"]))


def _shrink(png: bytes) -> bytes:
    """The same picture in the few colours of the page, in few bytes."""
    picture = Image.open(BytesIO(png)).convert("RGB")
    small = picture.quantize(palette=_make_palette(), dither=Image.Dither.NONE)
    out = BytesIO()
    small.save(out, "PNG", optimize=True)
    return out.getvalue()


def _make_palette() -> Image.Image:
    colours = [shade for name, ground, number in _SHADES for shade in _mix(name, ground, number)]
    palette = Image.new("P", (1, 1))
    palette.putpalette([part for colour in colours for part in colour])
    return palette


def _mix(name: str, ground: str, number: int) -> list[tuple[int, ...]]:
    """The colour, its ground, and shades between."""
    ends = list(zip(ImageColor.getrgb(name), ImageColor.getrgb(ground), strict=True))
    shares = [step / (number - 1) for step in range(number)]
    return [tuple(round(a + (b - a) * share) for a, b in ends) for share in shares]
