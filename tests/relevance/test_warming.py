"""After warming up, a question in any language is read in no time."""

import subprocess
import sys

_SCRIPT = """
import time
from datetime import UTC, datetime
from bot.relevance.period import find_since
from bot.relevance.question import read_question
from bot.relevance.warming import warm_up

warm_up()
for text in {texts!r}:
    began = time.process_time()
    read_question(text)
    find_since(text, datetime(2025, 2, 1, tzinfo=UTC))
    print(time.process_time() - began)
"""


def test_the_first_questions_of_a_warm_process_load_nothing_whatever_their_language() -> None:
    texts = ["When was Modi in Paris?", "मोदी पिछले महीने पेरिस कब गए?"]
    script = [sys.executable, "-c", _SCRIPT.format(texts=texts)]
    done = subprocess.run(script, capture_output=True, text=True, check=True)
    english, hindi = map(float, done.stdout.split())
    assert max(english, hindi) < 0.1
