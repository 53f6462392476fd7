"""Why Discord would refuse a message or a form, counted on its own terms."""

from fakes.discord_world import Json

BUTTON, STRING_SELECT, TEXT_INPUT, TEXT_DISPLAY = 2, 3, 4, 10
LINK = 5
REQUIRES_TAG = 1 << 4


def refused(body: Json) -> str | None:
    """Why Discord would answer 400 to this message, counted on its own terms."""
    if len(body.get("content") or "") > 2000:
        return "content"
    if len(str(body.get("nonce") or "")) > 25:
        return "nonce"
    embeds = body.get("embeds") or []
    if len(embeds) > 10 or not (embeds or body.get("content")):
        return "embeds"
    files = body.get("files") or []
    if sum(len(file["content"]) for file in files) > 10 * 1024**2 or len(files) > 10:
        return "files"
    if any(len(file["description"] or "") > 1024 for file in files):
        return "words of a file"
    names = [f"attachment://{file['filename']}" for file in files]
    return _refused_embeds(embeds, names) or _refused_components(body.get("components") or [])


def refused_edit(message: Json, body: Json) -> str | None:
    """Why Discord would answer 400 to this change of a message, whose files stay."""
    kept = [
        {"filename": each["filename"], "description": None, "content": b""}
        for each in message["attachments"]
    ]
    return refused({**message, **body, "files": [*kept, *body.get("files", [])]})


def _refused_embeds(embeds: list[Json], names: list[str]) -> str | None:
    whole = 0
    for embed in embeds:
        url = embed.get("image", {}).get("url")
        if url and url not in names:
            return "image without a file"
        title, description = embed.get("title", "").strip(), embed.get("description", "").strip()
        footer = embed.get("footer", {}).get("text", "").strip()
        if len(title) > 256 or len(description) > 4096 or len(footer) > 2048:
            return "embed"
        if not title and not description:
            return "empty embed"
        whole += len(title) + len(description) + len(footer)
    return "embeds together" if whole > 6000 else None


def _refused_components(rows: list[Json]) -> str | None:
    parts = [part for row in rows for part in row["components"]]
    ids = [part["custom_id"] for part in parts if part.get("style") != LINK]
    if len(rows) > 5 or any(not 1 <= len(row["components"]) <= 5 for row in rows):
        return "rows of buttons"
    if any(len(row["components"]) > 1 and not _is_of_buttons(row) for row in rows):
        return "a select has its row for itself"
    if any(not 1 <= len(each) <= 100 for each in ids) or len(set(ids)) < len(ids):
        return "custom id"
    return next(filter(None, map(_refused_part, parts)), None)


def _is_of_buttons(row: Json) -> bool:
    return all(part.get("type", BUTTON) == BUTTON for part in row["components"])


def _refused_part(part: Json) -> str | None:
    """A button, a select or a field of a form."""
    if part.get("type", BUTTON) == BUTTON:
        has_face = 1 <= len(part.get("label") or "") <= 80 or part.get("emoji")
        return None if has_face else "label"
    if part.get("type") == STRING_SELECT:
        options = part.get("options") or []
        if not 1 <= len(options) <= 25:
            return "options"
        texts = [each.get(key) or "" for each in options for key in ("label", "description")]
        values = [each["value"] for each in options]
        if any(len(each) > 100 for each in (*texts, *values)) or not all(values):
            return "option"
        if len(set(values)) < len(values) or not all(each["label"] for each in options):
            return "option"
        if part.get("max_values", 1) > len(options):
            return "more values than options"
    if part.get("type") == TEXT_INPUT and len(part.get("value") or "") > part.get(
        "max_length", 4000
    ):
        return "value"
    room = 100 if part.get("type") == TEXT_INPUT else 150
    return "placeholder" if len(part.get("placeholder") or "") > room else None


def refused_form(form: Json) -> str | None:
    """Why Discord would answer 400 to this form."""
    if not 1 <= len(form["title"]) <= 45 or not 1 <= len(form["custom_id"]) <= 100:
        return "form"
    labels = form["components"]
    if not 1 <= len(labels) <= 5:
        return "labels"
    for each in labels:
        if each["type"] == TEXT_DISPLAY:
            continue
        if not 1 <= len(each["label"]) <= 45 or len(each.get("description") or "") > 100:
            return "label"
        if problem := _refused_part(each["component"]):
            return problem
    return None


def refused_tags(forum: Json, applied: list[str]) -> int | None:
    """The error code with which a forum refuses a post with these tags."""
    known = {tag["id"] for tag in forum.get("available_tags", [])}
    if len(applied) > 5 or not known.issuperset(applied):
        return 50035
    return 40067 if forum.get("flags", 0) & REQUIRES_TAG and not applied else None
