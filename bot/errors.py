"""One tree of errors, each saying in one line what went wrong and what to do.

BotError
├── SettingsError    the environment or .env is wrong
├── PromptError      a file under prompts/ is wrong
├── InputError       what a person typed can't be done
├── FetchError       an address could not be fetched
├── DocumentError    the bytes are not what they should be
├── ModelError       the language model gave nothing usable
├── EmbedError       texts could not be turned into vectors
├── StoreError       the database refused
└── ChannelError     the platform refused a message, or did not say
"""


class BotError(Exception):
    """Base of all errors the program raises on purpose.

    ``permanent`` tells whether trying the same again can help: False for a timeout,
    True for a wrong token. The adapter that meets the failure decides it.
    """

    permanent = True

    def __init__(self, message: str, *, permanent: bool | None = None) -> None:
        super().__init__(message)
        if permanent is not None:
            self.permanent = permanent


class SettingsError(BotError):
    """The environment or ``.env`` is wrong; the message lists every problem at once."""


class PromptError(BotError):
    """A file under ``prompts/`` is wrong; the message names the file."""


class InputError(BotError):
    """What a person typed can't be done; the message says what would work."""


class FetchError(BotError):
    """An address could not be fetched. ``reason`` is one word for counters and states.

    ``retry_after`` is what the site said of when to ask again, as HTTP has it, or empty.
    """

    permanent = False

    def __init__(
        self,
        message: str,
        *,
        reason: str,
        permanent: bool | None = None,
        retry_after: str = "",
    ) -> None:
        super().__init__(message, permanent=permanent)
        self.reason = reason
        self.retry_after = retry_after


class DocumentError(BotError):
    """A document can't be read as what it should be. ``reason`` is one word, as in FetchError."""

    def __init__(self, message: str, *, reason: str, permanent: bool | None = None) -> None:
        super().__init__(message, permanent=permanent)
        self.reason = reason


class ModelError(BotError):
    """The language model was unreachable, refused, was cut short or answered with junk.

    ``tokens`` is what the failed tries had cost all the same, in both directions.
    """

    permanent = False

    def __init__(self, message: str, *, permanent: bool | None = None, tokens: int = 0) -> None:
        super().__init__(message, permanent=permanent)
        self.tokens = tokens


class EmbedError(BotError):
    """Texts could not be turned into vectors; whoever asks goes on with words alone.

    Permanent: there is nothing here that could do it, now or for a while. Else it was these
    texts that could not be read.
    """


class StoreError(BotError):
    """The database can't be opened, is newer than the program, is full or is locked."""


class ChannelError(BotError):
    """A platform did not take a message.

    ``is_unknown`` is True when the message may have been posted all the same (a lost
    answer): it is looked up before anything is sent again. ``is_gone`` says that the channel
    itself is not there any more.
    """

    permanent = False

    def __init__(
        self,
        message: str,
        *,
        permanent: bool | None = None,
        is_unknown: bool = False,
        is_gone: bool = False,
    ) -> None:
        super().__init__(message, permanent=permanent)
        self.is_unknown = is_unknown
        self.is_gone = is_gone
