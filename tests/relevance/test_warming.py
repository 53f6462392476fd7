"""After warming up, a question in any language is read in no time."""

import subprocess
import sys

import pytest

_SCRIPT = """
import time
from datetime import UTC, datetime
from bot.relevance.period import find_since
from bot.relevance.question import read_question
from bot.relevance.warming import warm_up

warm_up()
began = time.process_time()
read_question({text!r})
find_since({text!r}, datetime(2025, 2, 1, tzinfo=UTC))
print(time.process_time() - began)
"""


@pytest.mark.parametrize("text", ["When was Modi in Paris?", "मोदी पिछले महीने पेरिस कब गए?"])
def test_the_first_question_of_a_warm_process_loads_nothing(text: str) -> None:
    script = [sys.executable, "-c", _SCRIPT.format(text=text)]
    done = subprocess.run(script, capture_output=True, text=True, check=True)
    assert float(done.stdout) < 0.1
