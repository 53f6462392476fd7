"""Log lines that keep secrets: one handler, UTC, one line an event, redacted after formatting."""

import logging
import re
import time
from collections.abc import Iterable
from typing import TextIO
from urllib.parse import quote

_MASK = "***"
# Masking a very short value would garble every line and show where it occurs.
_MIN_SECRET = 4
_MAX_LINE = 2000
# Far beyond what is shown, so that a secret cut in two there is not shown either.
_MAX_READ = 10 * _MAX_LINE
_VALUE = r"(?:'[^'\n]*'|\"[^\"\n]*\"|[^\s'\",;&)}\]]+)"
# Counts are bounded so that no text takes long; what a group keeps is what helps to mend things.
_SHAPES = tuple(
    (re.compile(pattern, re.IGNORECASE), mask)
    for pattern, mask in (
        # user:password@ in a URL; a password may hold a slash that nobody escaped.
        (r"(\w://)(?:[^\s/]{1,500}|[^\s/:]{0,200}:(?!\d+/)\S{1,300})@", rf"\1{_MASK}@"),
        # ?key=… in a URL
        (
            r"([?&;][\w.\[\]-]{0,60}(?:key|token|secret|passw(?:or)?d|pwd|auth|sig|signature)\]?=)"
            r"[^\s&\"'<>#]+",
            rf"\1{_MASK}",
        ),
        # Authorization: Bot …, in text or in the repr of headers
        (
            r"(\bauthorization['\"]?\s?[:=,]\s?(?:b(?=['\"]))?['\"]?)[^\s'\",]+(?: [^\s'\",]+)?",
            rf"\1{_MASK}",
        ),
        (r"(\bbearer\s+)[\w.~+/=-]{6,}", rf"\1{_MASK}"),
        # password=…, 'api_key': '…', DISCORD_TOKEN=…
        (
            r"((?:password|passwd|pwd|secret|token|(?:api|access|private|secret)[_-]?key)"
            rf"['\"]?\s?[=:]\s?){_VALUE}",
            rf"\1{_MASK}",
        ),
        # Slack; OpenAI and its like, also where they mask half of it themselves
        (r"\b(?:xox[a-z]|xapp)[\w.]{0,20}-[\w-]{4,}", _MASK),
        (r"\bsk-[\w*….-]{4,}", _MASK),
        (r"[\w-]{0,100}\*{4,}[\w-]*", _MASK),
        # Discord tokens, JSON web tokens, and the tokens in paths of interactions and webhooks
        (r"\b[\w-]{23,28}\.[\w-]{6,7}\.[\w-]{27,}", _MASK),
        (r"\beyJ[\w-]{5,2000}\.[\w-]{5,4000}\.[\w-]*", _MASK),
        (r"(/calendar/)[\w-]{20,}", rf"\1{_MASK}"),
        (r"(/(?:interactions|webhooks)/\d+/)[\w-]+", rf"\1{_MASK}"),
    )
)
# What could forge a second line, or steer a terminal.
_CONTROL = re.compile(r"[\x00-\x08\x0a-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")


def redact(text: str, secrets: Iterable[str] = ()) -> str:
    """``text`` without the given secrets, nor anything that has the shape of one."""
    forms = {form for secret in secrets for form in (secret, quote(secret, safe=""))}
    for form in sorted(forms, key=len, reverse=True):
        if len(form) >= _MIN_SECRET:
            text = text.replace(form, _MASK)
    for shape, mask in _SHAPES:
        text = shape.sub(mask, text)
    return text


def set_up_logging(level: str, secrets: Iterable[str], stream: TextIO) -> None:
    """Log to ``stream`` alone: our own lines from ``level`` on, those of libraries from WARNING.

    ``secrets`` are the values of this installation that no line may show.
    """
    handler = logging.StreamHandler(stream)
    handler.setFormatter(_RedactingFormatter(secrets))
    ours, root = logging.getLogger("bot"), logging.getLogger()
    ours.setLevel(level)
    root.setLevel(max(logging.WARNING, ours.level))
    root.handlers[:] = [handler]
    # It warns of every tick that finds the one before still at work, which is as it should be.
    logging.getLogger("apscheduler").setLevel(logging.ERROR)
    # The report of a line that could not be written shows its arguments, secrets and all.
    logging.raiseExceptions = False


class _RedactingFormatter(logging.Formatter):
    """``2025-01-28T06:00:01Z INFO bot.deliver delivery.sent slot=…``, tracebacks indented."""

    def __init__(self, secrets: Iterable[str]) -> None:
        super().__init__(datefmt="%Y-%m-%dT%H:%M:%SZ")
        self.converter = time.gmtime
        self._secrets = tuple(secrets)

    def format(self, record: logging.LogRecord) -> str:
        at = self.formatTime(record, self.datefmt)
        message = self._tidy(_get_message(record))
        lines = [f"{at} {record.levelname} {record.name} {message}"]
        if record.exc_info:
            trace = self.formatException(record.exc_info)
            lines += [f"  {self._tidy(line)}" for line in trace.split("\n")]
        return "\n".join(lines)

    def _tidy(self, text: str) -> str:
        line = _CONTROL.sub(_escape, redact(text[:_MAX_READ], self._secrets))
        return line if len(line) <= _MAX_LINE else line[:_MAX_LINE] + "…"


def _get_message(record: logging.LogRecord) -> str:
    try:
        return record.getMessage()
    except Exception as error:  # any object may be an argument, and its str() may do anything
        return f"{record.msg} (arguments do not fit: {type(error).__name__})"


def _escape(match: re.Match[str]) -> str:
    return ascii(match[0])[1:-1]
