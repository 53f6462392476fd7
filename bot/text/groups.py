"""text × host → the group whose leaders come together there: ``Quad leaders``."""

import re

from bot.text.names import get_country, same_name

_NAME = r"[A-Z][\w-]+"
_HEADS = r"[Hh]eads of (?:state|government)"
_NO_GROUP = r"(?!(?:The|Its|Their|Other|World|Both|Two|All)\b)"
_ROMANCE = (
    r"[Ss]ommet(?: \w+)?|[Dd]irigeants|[Cc]hefs d['’][ÉE]tat|"
    r"[Cc]umbre(?: de (?:líderes|jefes de [Ee]stado))?|[Ll]íderes"
)
_FORMS = (
    rf"(?:[Ll]eaders|{_HEADS}|(?:[Ff]oreign|[Dd]efence) ministers) of the (?:[a-z][\w-]+ )?"
    rf"({_NAME}(?: {_NAME})*(?: and the [A-Z]\w+ Union)?)",
    rf"(?:summit|meeting) of the (?:[a-z][\w-]+ ){{0,2}}({_NAME}(?: {_NAME})*)",
    rf"({_NAME}(?: (?:Group|Council|Union|Forum))?)(?: Leaders['’]?)? [Ss]ummit\b",
    rf"{_NO_GROUP}({_NAME}(?: {_NAME})?) (?:{_HEADS}|leaders)\b",
    rf"(?:{_ROMANCE}) (?:de l['’]|du |de la |des |del |de los |de )"
    rf"({_NAME}(?: (?:des |de |du )?[A-Zîí][\w-]+)*)",
)
_GROUP = re.compile("|".join(rf"\b{form}" for form in _FORMS))


def find_group(text: str, host: str) -> str | None:
    """Return the group that meets in ``host`` by the name that visits give it, or None.

    ``the leaders of the Quad``, ``Quad summit`` → Quad leaders; ``India-EU`` in India → EU leaders.
    """
    match = _GROUP.search(text)
    if not match:
        return None
    words = next(group for group in match.groups() if group)
    parts = [part for part in words.split("-") if not same_name(part, host)]
    if not parts or get_country(words):
        return None
    return f"{'-'.join(parts).replace(' and the ', ' and ')} leaders"
