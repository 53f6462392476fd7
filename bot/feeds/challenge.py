"""HTML → whether it is a robot check in place of what was asked for."""

import re

_TITLE = re.compile(
    r"<title[^>]*>\s*(?:just a moment|attention required|are you (?:a )?(?:robot|human)"
    r"|robot check|security check|checking your browser|verify(?:ing)? (?:that )?you are human"
    r"|access denied|ddos-guard|captcha|pardon our interruption|one more step)",
    re.IGNORECASE,
)
# The script that Cloudflare adds to good pages too has no such settings.
_SCRIPT = re.compile(r"window\._cf_chl_opt|geo\.captcha-delivery\.com|/_Incapsula_Resource\?")
_PHRASE = re.compile(
    r"captcha|enable javascript|enable js|javascript is (?:disabled|required)"
    r"|(?:verify|confirm) (?:that )?you(?:'| a)re (?:not a robot|(?:a )?human)"
    r"|checking your browser",
    re.IGNORECASE,
)
_MARKUP = re.compile(r"<(script|style|svg)\b.*?</\1|<[^>]*>", re.IGNORECASE | re.DOTALL)
_READ_CHARACTERS = 100_000
_SHORT_CHARACTERS = 600


def is_challenge(html: str) -> bool:
    """Whether a page is a captcha or a "just a moment" page and no content.

    The phrases of such pages count only on pages with hardly any other text: an article
    may write about captchas.
    """
    head = html[:_READ_CHARACTERS]
    if _TITLE.search(head) or _SCRIPT.search(head):
        return True
    if len(html) > _READ_CHARACTERS or not _PHRASE.search(head):
        return False
    shown = " ".join(_MARKUP.sub(" ", head).split())
    return len(shown) < _SHORT_CHARACTERS
