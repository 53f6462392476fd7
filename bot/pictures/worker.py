"""SVG on standard input → PNG on standard output, with the font files named as arguments.

It runs as a program of its own: drawing takes some 0.2 s, and the renderer lets no other thread
of its process run meanwhile.
"""

import sys

import resvg_py


def main() -> None:
    """Draw one picture."""
    png = resvg_py.svg_to_bytes(
        svg_string=sys.stdin.buffer.read().decode(),
        skip_system_fonts=True,
        font_files=sys.argv[1:],
    )
    sys.stdout.buffer.write(png)


if __name__ == "__main__":
    main()
