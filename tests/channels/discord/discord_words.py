"""The words that are shipped, for the Discord tests."""

from pathlib import Path

from bot.wording import load_wordings

WORDINGS = load_wordings(Path(__file__).parents[3] / "prompts" / "wording")
ENGLISH, FRENCH = WORDINGS["en"], WORDINGS["fr"]
