"""``python -m bot`` and ``briefing-bot``: an error that people can mend is one line on stderr."""

import sys
from io import TextIOWrapper

from bot.errors import BotError


def main() -> None:
    """Run the command line; exit code 0 done, 1 it failed, 2 wrong usage."""
    from bot.cli import app

    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="replace")  # a terminal that can't show a sign shows a mark
    try:
        app()
    except BotError as error:
        from bot.logs import redact

        print(f"briefing-bot: {redact(str(error))}", file=sys.stderr)
        sys.exit(1)
    except OSError as error:
        print(
            f"briefing-bot: {error.strerror or error}: free some room and try again",
            file=sys.stderr,
        )
        sys.exit(1)


if __name__ == "__main__":
    main()
