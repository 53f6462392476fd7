"""The hostile inputs of tests/data/bad_inputs.json by category, ready to be parametrised."""

import json
from pathlib import Path
from typing import Any

import pytest
from data import bad_inputs_gen

_DATA = Path(__file__).parents[1] / "data"
_ALL = json.loads((_DATA / "bad_inputs.json").read_text(encoding="utf-8"))


def cases(*categories: str) -> list[Any]:
    """The inputs of these categories as pytest parameters with their ids."""
    return [
        pytest.param(case["input"], id=case["id"])
        for case in _ALL
        if case["category"] in categories
    ]


def build(value: object) -> Any:
    """The input itself: a literal, or what its ``gen`` expression makes."""
    if isinstance(value, dict) and "gen" in value:
        return eval(value["gen"], vars(bad_inputs_gen).copy())
    return value
