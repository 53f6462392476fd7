"""What went wrong with a model → ModelError: one line for people, and what the try had cost."""

from openai import APIConnectionError, APIStatusError, APITimeoutError

from bot.errors import ModelError

_FAULTS = {
    401: "The model's server refused the key; put a valid one into OPENAI_API_KEY.",
    403: "The key may not use this model; choose another in OPENAI_MODEL, or another key.",
    404: "The model's server has no such model; check OPENAI_MODEL and OPENAI_BASE_URL.",
    429: "The model's server is busy; try again later.",
}
REFUSED = "The model refused to work on this text."
FILTERED = "The content filter of the model's server stopped the answer."
CUT = (
    "The model's answer was cut off before its end; "
    "if this goes on, raise max_output_tokens in the prompt's file."
)
UNFINISHED = "The model did not finish its answer; try again later."
EMPTY = "The model's answer was empty; try again later."
UNREADABLE = "The model's server sent nothing readable; check OPENAI_BASE_URL."
BOUNDLESS = "The model's answer is far too long to be one; put another model into OPENAI_MODEL."
_TOO_LONG = ("context_length", "context length", "maximum context", "context window")


def add_tokens(error: ModelError, tokens: int) -> ModelError:
    """The same error with what the calls before it had cost."""
    return ModelError(str(error), permanent=error.permanent, tokens=error.tokens + tokens)


def explain(error: Exception) -> ModelError:
    """What to tell people; the vendor's own words may hold a part of the key."""
    if isinstance(error, APITimeoutError | TimeoutError):
        return ModelError("The model did not answer in time; try again later.")
    if isinstance(error, APIConnectionError):
        return ModelError("The model can't be reached; check OPENAI_BASE_URL and the network.")
    if not isinstance(error, APIStatusError):
        return ModelError(UNREADABLE)
    if error.code == "insufficient_quota":
        return ModelError("The model's account has no credit left; add some.", permanent=True)
    if error.code == "content_filter":
        return ModelError(FILTERED)
    if is_too_long(error):
        return ModelError(
            "The text is longer than the model can read; "
            "put a model with a longer context into OPENAI_MODEL.",
            permanent=True,
        )
    status = error.status_code
    message = _FAULTS.get(status, f"The model's server failed with status {status}.")
    return ModelError(message, permanent=status in (401, 403, 404))


def is_final(error: APIStatusError) -> bool:
    """Whether asking for less than was asked for can't help: the text itself is turned down."""
    return is_too_long(error) or error.code == "content_filter"


def is_too_long(error: APIStatusError) -> bool:
    """Whether the server says that the messages do not fit the model."""
    said = f"{error.code} {error.message}".lower()
    return any(sign in said for sign in _TOO_LONG)
