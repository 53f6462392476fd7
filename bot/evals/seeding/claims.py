"""Negation, modality, opposites and relative dates: rules that rewrite a few words of a line."""

import re
from collections.abc import Iterator

from bot.evals.seeding.case import Case, is_new, replace_span
from bot.evals.seeding.words import has_any, whole

_NEITHER = re.compile(whole("neither|nor|ni"), re.IGNORECASE)
_DENIAL = re.compile(
    whole("not|no|cannot|never|without|pas|plus|aucune?|jamais|sans|nunca|sin|नहीं|न"), re.IGNORECASE
)


def rewrite(case: Case, name: str) -> Iterator[str]:
    """The line with one place rewritten by one rule of that list."""
    for pattern, replacement in case.rules(name):
        exact = re.compile(whole(pattern))
        for match in re.finditer(whole(pattern), case.text, re.IGNORECASE):
            is_cased = match.start() == 0 or exact.match(case.text, match.start())
            if is_cased and not is_quoted(case.text, match.start()):
                new = match.expand(replacement)
                if is_new(case, match.start(), match.end(), new):
                    yield replace_span(case.text, match.start(), match.end(), new)


def is_quoted(text: str, place: int) -> bool:
    """Whether the place lies inside quotation marks."""
    before = text[:place]
    return before.count('"') % 2 == 1 or any(
        before.count(opening) > before.count(closing) for opening, closing in ("“”", "«»")
    )


def negate(case: Case) -> Iterator[str]:
    """The line with its main statement denied, or a denial taken out."""
    if _NEITHER.search(case.text):
        return  # half a denial would be left
    has_denial = bool(_DENIAL.search(case.text))
    for text in rewrite(case, "negation"):
        if not has_denial or len(text) < len(case.text):
            yield text
    if not has_denial:
        yield from _deny_past(case)


def _deny_past(case: Case) -> Iterator[str]:
    """``Kestria ordered radars`` → ``Kestria did not order radars``."""
    past = dict(case.rules("past"))
    if not past:
        return
    subject = r"(?:The |A )?[A-Z][\w'’.-]*(?: [A-Z][\w'’.-]*){0,3} "
    match = re.match(rf"({subject})({'|'.join(past)})\b(?! by\b)", case.text)
    if match:
        new = f"did not {past[match.group(2)]}"
        yield replace_span(case.text, match.start(2), match.end(2), new)


def raise_modality(case: Case) -> Iterator[str]:
    """The line told more surely: what may be will be, what is planned is done."""
    yield from rewrite(case, "modality")
    if not has_any(case.text, case.words("ahead")):
        for base, done in case.rules("done"):
            yield from _tell_as_done(case, base, done)


def _tell_as_done(case: Case, base: str, done: str) -> Iterator[str]:
    pattern = base if case.language != "en" else rf"(\S+) (?:will|intends to) {base}"
    match = re.search(whole(pattern), case.text)
    if not match or is_quoted(case.text, match.start()):
        return
    new = done if case.language != "en" else f"{_agree(match.group(1))} {done}"
    if is_new(case, match.start(), match.end(), new):
        yield replace_span(case.text, match.start(), match.end(), new)


def _agree(subject: str) -> str:
    """The subject's last word with ``has`` or ``have``."""
    is_many = (subject.islower() and subject.endswith("s")) or subject.lower() in ("they", "year")
    return f"{subject} {'have' if is_many else 'has'}"


def turn_round(case: Case) -> Iterator[str]:
    """The line with a word turned into its opposite."""
    yield from rewrite(case, "opposite")
