# Everything a newcomer, the hook and CI run. Needs Python 3.11 or newer with venv, and make.
PYTHON ?= python3
BIN := .venv/bin

.PHONY: demo test check lint fuzz bench lock clean

demo: .venv/.run
	@$(BIN)/briefing-bot demo

test: .venv/.dev
	$(BIN)/python -m pytest -n 2 --dist loadfile

check: lint test

lint: .venv/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache

# Ten thousand briefs of any words, and the labelled sets whole: `make test` tries a part of both.
fuzz: .venv/.dev
	FUZZ_EXAMPLES=10000 $(BIN)/python -m pytest -n 2 --dist loadfile --timeout 0 \
	  tests/channels/discord/test_discord_any_brief.py tests/evals/test_liar.py \
	  tests/evals/test_oracle.py tests/evals/test_oracle_questions.py

# Speed, beside what it is measured on: bench/README.md.
bench: .venv/.run
	@$(BIN)/python -m bench

# The lock is made by uv, for every platform, with hashes and without any index address.
lock: .venv/.dev
	$(BIN)/uv pip compile -q --universal --generate-hashes --upgrade --python-version 3.11 \
	  --custom-compile-command "make lock" --group build pyproject.toml -o requirements.lock
	$(BIN)/uv pip compile -q --universal --generate-hashes --python-version 3.11 \
	  --custom-compile-command "make lock" -c requirements.lock --group dev pyproject.toml -o requirements-dev.lock

clean:
	rm -rf .venv build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis

.venv/bin/python:
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed: make PYTHON=python3.11 …")'
	$(PYTHON) -m venv .venv

.venv/.run: requirements.lock pyproject.toml | .venv/bin/python
	$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install -q --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

.venv/.dev: requirements-dev.lock .venv/.run
	$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements-dev.lock
	@touch $@
