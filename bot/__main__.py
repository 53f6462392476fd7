"""``python -m bot`` and ``briefing-bot``: an error that people can mend is one line on stderr."""

import sys

from bot.errors import BotError


def main() -> None:
    """Run the command line; exit code 0 done, 1 it failed, 2 wrong usage."""
    from bot.cli import app

    try:
        app()
    except BotError as error:
        from bot.logs import redact

        print(f"briefing-bot: {redact(str(error))}", file=sys.stderr)
        sys.exit(1)


if __name__ == "__main__":
    main()
