"""bytes → text: the encoding is guessed without trusting what a document says of itself."""

import codecs
import re

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_DECLARED = re.compile(rb"""(?:encoding|charset)\s*=\s*["']?\s*([\w.:-]{2,40})""", re.IGNORECASE)
_HEADER = re.compile(r"""charset\s*=\s*["']?\s*([\w.:-]{2,40})""", re.IGNORECASE)
# utf-7 and Python's own codecs such as unicode_escape can turn harmless bytes into markup.
_TRUSTED = re.compile(
    r"utf-?(?:8|16|32)(?:-?[lb]e)?|us-ascii|ascii|iso-?8859-?\d{1,2}|latin-?\d|windows-?\d{3,4}"
    r"|cp\d{3,4}|koi8-?[rut]|mac[a-z-]*|tis-620|gbk|gb2312|gb18030|big5(?:-?hkscs)?"
    r"|euc-?(?:jp|kr|cn)|shift[-_]?jis|iso-2022-(?:jp|kr)",
    re.IGNORECASE,
)
_HEAD_BYTES = 2048
_MIXED = "bot-mixed"


def decode(body: bytes, content_type: str = "") -> str:
    """Return the text of a document: no exception, and valid UTF-8 always wins.

    What is in no encoding at all is read as UTF-8 with its wrong bytes as Windows-1252.
    """
    for bom, name in _BOMS:
        if body.startswith(bom):
            return body[len(bom) :].decode(name, errors="replace")
    for name in ("utf-8", declared_charset(body), _header_charset(content_type)):
        if is_trusted(name):
            try:
                return body.decode(name)
            except (UnicodeDecodeError, LookupError):
                continue
    return body.decode("utf-8", errors=_MIXED)


def declared_charset(body: bytes) -> str:
    """Return the encoding that a document names in its first 2 kB, or ""."""
    found = _DECLARED.search(body[:_HEAD_BYTES])
    return found.group(1).decode("ascii", errors="replace") if found else ""


def is_trusted(name: str) -> bool:
    """Whether an encoding is one that documents are written in."""
    return _TRUSTED.fullmatch(name) is not None


def _header_charset(content_type: str) -> str:
    found = _HEADER.search(content_type)
    return found.group(1) if found else ""


def _read_wrong_bytes(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return error.object[error.start : error.end].decode("cp1252", errors="replace"), error.end


codecs.register_error(_MIXED, _read_wrong_bytes)
