"""untrusted text → Discord text that shows the same words and does nothing.

No ping, no link, no formatting, no hidden character: the words come from feeds, pages,
people and models, and Discord would obey them.
"""

import re
from urllib.parse import quote, urlsplit

from bot.text.clean import clean_text

# Where a backslash would show or would not help, this invisible character keeps two others
# apart: a mention, a scheme or a host name that is broken in two is only text.
_JOINER = "\u2060"
_LIVE = re.compile(
    r"(?P<mark>[\\*_~|`\[\]<>#]|^[-+])"
    r"|(?P<pair>@|:(?=//)|\.(?=[\w-]{2,63}(?:[/?#\\]|:\d))|(?<=ww)w(?=\.))",
    re.IGNORECASE,
)
_NUMBERED = re.compile(r"^(\d{1,9})([.)])(?=\s|$)")
_IN_URL = "/:?&=+,;@!$'%#~-._"
_HOST_NAME = re.compile(r"(?:[a-z0-9_-]{1,63}\.)+[a-z][a-z0-9-]{1,62}\.?", re.IGNORECASE)
_PLATFORM_HOST = re.compile(r"(?:.+\.)?(?:discord(?:app)?\.\w+|dis\.gd|dsc\.gg)\.?", re.IGNORECASE)
LONGEST_URL = 1_000


def plain(text: str) -> str:
    """Return ``text`` as one line of visible characters, for places that know no markup."""
    return " ".join(clean_text(text).split())


def inert(text: str) -> str:
    """Return ``text`` as one line that Discord shows as it is, at most twice as long."""
    line = _LIVE.sub(_disarm, plain(text))
    return _NUMBERED.sub(r"\1\\\2", line)


def unlinked(text: str) -> str:
    """Return ``text`` as one line without a live link or ping, where a backslash would show."""
    return _LIVE.sub(lambda match: match[0] if match["mark"] else _disarm(match), plain(text))


def _disarm(match: re.Match[str]) -> str:
    return f"\\{match[0]}" if match["mark"] else f"{match[0]}{_JOINER}"


def clip(text: str, limit: int) -> str:
    """Return ``text`` as one line of at most ``limit`` characters, ``…`` showing a cut."""
    line = plain(text)
    return line if len(line) <= limit else f"{line[: limit - 1].rstrip()}…"


def find_link_target(url: str) -> str | None:
    """Return ``url`` so that it can't end or leave a link, or None if it must not be one.

    Only http and https to a host name; nothing that would act inside Discord; no user name
    that could pose as a host.
    """
    try:
        parts = urlsplit(url.strip())
        host = (parts.hostname or "").encode("idna").decode()
        port = f":{parts.port}" if parts.port else ""
    except ValueError:
        return None
    is_fit = parts.scheme in ("http", "https") and _HOST_NAME.fullmatch(host)
    if not is_fit or parts.username is not None or _PLATFORM_HOST.fullmatch(host):
        return None
    query = f"?{parts.query}" if parts.query else ""
    fragment = f"#{parts.fragment}" if parts.fragment else ""
    rest = f"{parts.path}{query}{fragment}".encode("utf-8", "ignore")
    target = f"{parts.scheme}://{host}{port}{quote(rest, safe=_IN_URL)}"
    return target if len(target) <= LONGEST_URL else None
