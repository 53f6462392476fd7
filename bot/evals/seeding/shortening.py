"""(sentence, language) → the same sentence as a careful writer condenses it; when unsure, nothing.

Whatever is made says no more than the sentence: what denies, limits, hedges or sets a condition
is never lost. Sentences with quotation marks are left alone, and so is any other language.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from bot.evals.seeding.notation import NOTATIONS

MIN_WORDS = 6
_QUOTATION = re.compile(r"[\"“”«»„]|(?<!\w)['‘]")
_PARENTHESIS = re.compile(r"\s*\([^()]*\)|\s+([–—])\s[^–—]+\s\1(?=\s)")
_DATELINE = re.compile(r"\s[-–—]\s|^[^\W\d_a-zà-ÿ]{4,}\b")
_BREAK = re.compile(r"[;:]|, (?:but|and|while|adding|mais|et|tandis|pero|y|mientras)\b")
_BEFORE_TITLE = (
    "with|by|of|and|that|to|from|for|after|before|between|told|met|said"
    "|avec|que|et|par|pour|à|de|con|y|a|por|para"
)
_NO_SPEAKER = "and|et|y|who|qui|que|that|not|never|no|nobody|no one|ne|pas|jamais|nunca|nadie"
_NAME = r"[A-ZÀ-Ý][\w’'-]+"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Words:
    """The patterns of a language.

    ``moves`` rewrite an attribution at one end of a sentence, ``{s}`` the statement at the other.
    """

    kept: str
    leading: str
    backward: str
    trailing: str
    titles: str
    lowered: str
    pronouns: str
    moves: Sequence[tuple[str, str]]
    elided: str = ""


_EN = _Words(
    kept=r"not|n't|no|nor|none|never|neither|nothing|cannot|without|except|only|if|unless|until|once"
    r"|whether|provided|subject to|may|might|could|would|should|can|about|around|roughly|nearly"
    r"|almost|some|up to|at least|at most|more than|less than|over|under|probably|perhaps"
    r"|possibl[ey]|depend\w*|warn\w*"
    r"|likely|reportedly|allegedly|apparently|expected|thought|hop\w+|plan\w*|propos\w+|deni\w+"
    r"|ret|retired|former|sources?|officials|claim\w*|accus\w+|but|though|although",
    leading=r"(?:On (?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|Earlier (?:on |this )\w+|Meanwhile"
    r"|(?:Last|This) (?:week|month|year|spring|summer|autumn|winter)|In (?:return|addition|turn)"
    r"|Separately|Also|At the same time|Before that|After that|In \d{4}"
    r"|Speaking (?:to|in|at) [^,]+)",
    backward=r"the (?:next|following|same|previous) \w+|a (?:day|week|month|year) later|then|later",
    trailing=r"(?:which|who|whose|where|including|ending|bringing|making|leaving|giving|raising"
    r"|calling|citing|joining|marking|prompting|a (?:move|step|measure|decision) (?:that|meant))\b",
    titles=r"(?:(?:[Tt]he )?(?:(?:Prime|[A-Z]?[a-z]+) [Mm]inister|[Pp]resident|Chancellor"
    rf"|Admiral) (?={_NAME} {_NAME})|(?:Mr|Mrs|Ms|Dr)\.? (?={_NAME}))",
    lowered=r"The|A|An|This|That|These|Those|It|Its|In|On|Both|Two|Three|All|Each|Their|His|Her",
    pronouns=r"he|she|they|it|his|her|hers|him|their|them|its|I|we|our|my|us|the country's",
    moves=(
        (
            r"(?P<s>.{25,}), (?P<x>[^,]{3,60}?) (?P<v>(?:said|says|announced|shows|told \w+)"
            r"(?: (?:on|in|at) [^,]{3,30})?)",
            "{x} {v} that {s}",
        ),
        (
            r"(?P<x>[^,]{3,50}?) (?P<v>said|says|announced)(?P<w> (?:on|in|at|after) [^,]{3,40}?)?"
            r" that (?P<s>.{25,})",
            "{s}, {x} {v}{w}",
        ),
        (r"According to (?P<x>[^,]{3,60}), (?P<s>.{25,})", "{s}, according to {x}"),
        (r"(?P<s>.{25,}), according to (?P<x>[^,]{3,60})", "According to {x}, {s}"),
    ),
)
_FR = _Words(
    elided="aeiouyéèêâà",
    kept=r"ne|n'\w+|n’\w+|pas|non|ni|jamais|aucune?|rien|sans|sauf|hors|seul\w*|si|s'il\w*|s’il\w*|sous"
    r"|pourra\w*|pourrai\w*|peu\w+|aurai\w*|serai\w*|devrai\w*|doi\w+|environ|près|presque|autour"
    r"|plus|moins|au moins|jusqu\w*|peut-être|sans doute|probable\w*|possible\w*|attendue?s?"
    r"|estim\w+|prév\w+|propos\w+|sources?|accus\w+|mais|quoique|bien que|selon|d'après"
    r"|dépend\w*|aver\w+",
    leading=r"(?:(?:Ce )?(?:[Ll]un|[Mm]ar|[Mm]ercre|[Jj]eu|[Vv]endre|[Ss]ame)di|(?:Ce )?[Dd]imanche"
    r"|En (?:contrepartie|outre|échange|retour|\d{4})|Par ailleurs|De plus|Enfin"
    r"|Dans le même temps|Cette (?:semaine|année))",
    backward=r"le lendemain|la veille|le même \w+|ensuite|puis|suivante?s?",
    trailing=r"(?:qui|dont|où|ce qui|ce que|que|qu['’]\w+|notamment|(?:une mesure|nouvelle \w+) qui"
    r"|(?:entam|ferm|ouvr|sign|négoci|conclu|publi|plac|annonc|évalu|class)(?:ée?s?|t?e?s?)\b)(?!\w)",
    titles=rf"(?:[Ll]e |[Ll]a )?(?:(?:général|amiral|président|présidente|[Pp]remier ministre)"
    rf" (?={_NAME} {_NAME})|(?:M\.|Mme) (?={_NAME}))",
    lowered=r"Le|La|Les|Un|Une|Des|Ce|Cette|Ces|Son|Sa|Ses|En|À|Au|Aux|L['’]\w+",
    pronouns=r"il|elle|ils|elles|son|sa|ses|leur|leurs|lui|je|j['’]\w+|nous|nos|notre|se|s['’]\w+",
    moves=(
        (
            r"(?P<s>.{25,}), (?P<v>(?:a (?:confirmé|annoncé|déclaré|indiqué|précisé|affirmé)"
            r"|déclare|annonce|indique)(?: \w+di)?) (?P<x>[^,]{3,60}(?:, [^,]{3,40})?)",
            "{x} {v} que {s}",
        ),
        (r"(?:Selon|D['’]après) (?P<x>[^,]{3,60}), (?P<s>.{25,})", "{s}, selon {x}"),
        (r"(?P<s>.{25,}), selon (?P<x>[^,]{3,70})", "Selon {x}, {s}"),
    ),
)
_ES = _Words(
    kept=r"no|ni|nunca|jamás|ningun\w*|ningún|nada|sin|salvo|excepto|solo|sólo|si|pued\w+|podr\w+"
    r"|habr\w+|ser[ií]a\w*|deber\w+|unos|unas|cerca|casi|alrededor|hasta|más|menos|al menos|quizás?"
    r"|probable\w*|posible\w*|previst\w+|prevé\w*|estim\w+|propuest\w+|fuentes|acus\w+|pero"
    r"|aunque|según|tal vez|depend\w*|advi[er]\w+",
    leading=r"(?:(?:El|Este) (?:lunes|martes|miércoles|jueves|viernes|sábado|domingo)|Además"
    r"|En \d{4}|Por otra parte|A cambio|Asimismo|Mientras tanto|Al mismo tiempo"
    r"|Esta (?:semana|mañana))",
    backward=r"al día siguiente|el mismo \w+|después|luego|entonces|siguientes?",
    trailing=r"(?:que|quien|quienes|cuy[oa]s?|donde|lo que|lo cual|una medida que"
    r"|(?:valorad|firmad|negociad|cerrad|publicad|adjudicad|incluid)[oa]s?)\b",
    titles=rf"(?:[Ee]l |[Ll]a )(?:general|almirante|presidente|presidenta|ministro|ministra) "
    rf"(?={_NAME} {_NAME})",
    lowered=r"El|La|Los|Las|Un|Una|Este|Esta|Estos|Estas|Su|Sus|En|Al",
    pronouns=r"él|ella|ellos|ellas|su|sus|suy[oa]s?|se|le|les|yo|nosotros|nuestr\w+",
    moves=(
        (
            r"(?P<s>.{25,}), (?P<v>(?:informó|confirmó|anunció|dijo|señaló|afirmó|declaró)"
            r"(?: (?:ayer|hoy|el \w+))?) (?P<x>[^,]{3,60}(?:, [^,]{3,40})?)",
            "{x} {v} que {s}",
        ),
        (r"Según (?P<x>[^,]{3,60}), (?P<s>.{25,})", "{s}, según {x}"),
        (r"(?P<s>.{25,}), según (?P<x>[^,]{3,70})", "Según {x}, {s}"),
    ),
)
_WORDS: Mapping[str, _Words] = {"en": _EN, "fr": _FR, "es": _ES}


def shorten(quote: str, language: str) -> tuple[str, ...]:
    """The sentence shortened or turned, one rule at a time, each result once in a fixed order."""
    text = quote.strip()
    if text[-1:] not in (".", "।") or text.endswith("..") or _QUOTATION.search(text):
        return ()
    body, stop = text[:-1], text[-1]
    found = [line + stop for line in _list_candidates(body, language)]
    return tuple(
        line for line in dict.fromkeys(found) if line != text and len(line.split()) >= MIN_WORDS
    )


def _list_candidates(body: str, language: str) -> Iterator[str]:
    for notate in NOTATIONS.get(language, ()):
        yield notate(body)
    words = _WORDS.get(language)
    if words is None:
        return
    limits = _list_limits(body, words)
    for rule in _RULES:
        for line in rule(body, words):
            if _list_limits(line, words) == limits:
                yield _capital(line)


def _list_limits(text: str, words: _Words) -> list[str]:
    """What a shorter line must still have, in any order: its denials, conditions and hedges."""
    return sorted(re.findall(rf"(?<!\w)(?:{words.kept})(?!\w)", text.lower()))


def _drop_parenthesis(body: str, _words: _Words) -> Iterator[str]:
    yield _PARENTHESIS.sub("", body)


def _drop_trailing(body: str, words: _Words) -> Iterator[str]:
    """A relative or participle clause after the last comma: nothing closes it but the full stop."""
    head, _, tail = body.rpartition(", ")
    if re.match(words.trailing, tail) and not re.search(r"\s[–—]\s|[;:()]", body):
        yield head


def _drop_leading(body: str, words: _Words) -> Iterator[str]:
    match = re.match(rf"{words.leading}, (.+)", body)
    if match and not _has(words.backward, match[1]):
        yield match[1]


def _move_attribution(body: str, words: _Words) -> Iterator[str]:
    """Who said it from one end to the other, where no pronoun would then come before its name."""
    if _DATELINE.search(body):
        return
    for pattern, form in words.moves:
        match = re.fullmatch(pattern, body)
        if not match or not _is_movable(match["s"], match["x"], words):
            continue
        is_first = form.startswith("{s}")
        if _has(words.pronouns, match["s"]) if is_first else not _is_known(match["s"], words):
            continue
        parts = {name: value or "" for name, value in match.groupdict().items()}
        parts["x" if is_first else "s"] = _lower(parts["x" if is_first else "s"], words)
        if form.startswith("{x}") and ", " in parts["x"]:
            parts["x"] += ","
        line = form.format(**parts)
        yield re.sub(rf"\bque (?=[{words.elided}])", "qu'", line) if words.elided else line


def _is_movable(said: str, by: str, words: _Words) -> bool:
    """Whether it is one statement, and who said it one speaker under a name."""
    is_one = not _BREAK.search(said) and not re.match(r"(?:And|But|Mais|Et|Pero|Y) ", said)
    return is_one and not _has(rf"{words.pronouns}|{_NO_SPEAKER}", by)


def _is_known(said: str, words: _Words) -> bool:
    """Whether its first word may be made small, or is a name that stays large."""
    if re.match(rf"{words.leading}, ", said):
        return False
    first, second = [*said.split(), "", ""][:2]
    is_name = not first.endswith("s") or re.search("['’]s$", first) or second[:1].isupper()
    return bool(re.fullmatch(words.lowered, first) or (first[:1].isupper() and is_name))


def _lower(text: str, words: _Words) -> str:
    first = text.split()[0]
    return text[:1].lower() + text[1:] if re.fullmatch(words.lowered, first) else text


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _drop_titles(body: str, words: _Words) -> Iterator[str]:
    """“President Ada Lovelace” → “Ada Lovelace”, unless a country or “former” stands before it."""
    yield re.sub(rf"(?:(?<=^)|(?<=, )|\b({_BEFORE_TITLE}) ){words.titles}", _keep_before, body)


def _keep_before(match: re.Match[str]) -> str:
    return f"{match[1]} " if match[1] else ""


def _has(pattern: str, text: str) -> bool:
    return re.search(rf"(?<!\w)(?:{pattern})(?!\w)", text, re.IGNORECASE) is not None


_RULES: Sequence[Callable[[str, _Words], Iterator[str]]] = (
    _drop_parenthesis,
    _drop_trailing,
    _drop_leading,
    _move_attribution,
    _drop_titles,
)
