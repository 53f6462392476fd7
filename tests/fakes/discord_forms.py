"""a form that the bot showed, and what a person gives → the parts that Discord sends off."""

from collections.abc import Mapping

from fakes.discord_exchange import Resolver
from fakes.discord_world import Json

_TEXT_INPUT, _STRING_SELECT, _TEXT_DISPLAY = 4, 3, 10
_UPLOAD, _RADIO, _CHECKBOX = 19, 21, 23
_OPTION_TYPES = {5: 6, 6: 8, 8: 7, _UPLOAD: 11}


def fill_form(form: Json, given: str | Mapping[str, object], resolver: Resolver) -> list[Json]:
    """What is not given keeps what the form was filled in with; labels or ids name the fields."""
    labels = [each for each in form["components"] if each["type"] != _TEXT_DISPLAY]
    if isinstance(given, str):
        (only,) = labels
        given = {only["label"]: given}
    known = {name for each in labels for name in (each["label"], each["component"]["custom_id"])}
    assert known.issuperset(given), f"the form has no {set(given) - known}"
    return [{"type": 18, "component": _fill(each, given, resolver)} for each in labels]


def _fill(label: Json, given: Mapping[str, object], resolver: Resolver) -> Json:
    part = label["component"]
    name = next((each for each in (label["label"], part["custom_id"]) if each in given), None)
    value = _preset(part) if name is None else given[name]
    filled: Json = {"type": part["type"], "custom_id": part["custom_id"]}
    if part["type"] in (_TEXT_INPUT, _RADIO, _CHECKBOX):
        if part["type"] == _TEXT_INPUT:
            _check_words(part, str(value))
        return filled | {"value": value}
    chosen = [value] if isinstance(value, str | int) else list(value)  # type: ignore[call-overload]
    _check_choice(part, chosen)
    kind = _OPTION_TYPES.get(part["type"], 0)
    return filled | {"values": [resolver.resolve(kind, each) for each in chosen]}


def _preset(part: Json) -> object:
    if part["type"] == _TEXT_INPUT:
        return part.get("value") or ""
    if part["type"] in (_RADIO, _CHECKBOX):
        return part.get("value")
    options = [each["value"] for each in part.get("options", []) if each.get("default")]
    return options or [each["id"] for each in part.get("default_values", [])]


def _check_words(part: Json, words: str) -> None:
    """Discord's program lets nobody send what is too short or too long."""
    least = part.get("min_length") or (1 if part.get("required", True) else 0)
    assert not words or len(words) >= least, "too short to be sent"
    assert words or not part.get("required", True), f"{part['custom_id']} is required"
    assert len(words) <= part.get("max_length", 4000), "too long to be sent"


def _check_choice(part: Json, chosen: list[object]) -> None:
    if part["type"] == _STRING_SELECT:
        offered = {each["value"] for each in part["options"]}
        assert offered.issuperset(map(str, chosen)), f"not offered: {chosen}"
    is_required = part.get("required", True)
    least = max(1, part.get("min_values", 1)) if is_required else 0
    assert least <= len(chosen) <= part.get("max_values", 1), f"{len(chosen)} chosen"
