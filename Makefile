# Aggregates plain commands; nothing here needs make once .venv exists.
#   make demo    run the first contract over generated tickets and show the verdicts
#   make test    everything that must hold before a change is kept
# A fresh machine needs Python 3.11 or newer, make and pip.

.DEFAULT_GOAL := help
BIN := .venv/bin
# Least coverage in percent, branches included; raise it, never lower it.
COVERAGE ?= 90
WORKERS ?= 2
# The first interpreter that is new enough; override with `make PYTHON=/path/to/python`.
PYTHON ?= $(shell for p in python3 python3.14 python3.13 python3.12 python3.11 python; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && { echo $$p; break; }; done)

.PHONY: help demo test check types accept bench docs fmt clean

help:
	@echo "make demo | test | check | fmt | accept | docs | bench | clean"

.venv/made:
	@test -n "$(PYTHON)" || { echo "slalang needs Python 3.11 or newer; none was found on PATH" >&2; exit 2; }
	@# Some systems ship Python without ensurepip: then the venv borrows the pip outside it.
	$(PYTHON) -m venv .venv 2>/dev/null || $(PYTHON) -m venv --clear --without-pip .venv
	@touch $@

# Each stamp is younger than pyproject.toml when what it stands for is installed.
.venv/run: .venv/made pyproject.toml
	@if [ -x $(BIN)/pip ]; then $(BIN)/pip install -q -e . ; \
	else $(PYTHON) -m pip --python $(BIN)/python install -q -e . ; fi
	@touch $@

.venv/dev: .venv/made pyproject.toml
	@if [ -x $(BIN)/pip ]; then $(BIN)/pip install -q -e '.[dev]' ; \
	else $(PYTHON) -m pip --python $(BIN)/python install -q -e '.[dev]' ; fi
	@touch $@ .venv/run

demo: .venv/run
	@$(BIN)/python -m benchmarks.demo

check: .venv/dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

test: check
	$(BIN)/pytest -n $(WORKERS) --dist worksteal --cov --cov-fail-under=$(COVERAGE)

accept: .venv/dev
	$(BIN)/pytest -q -n $(WORKERS) --snapshot-update
	git diff --stat

docs: .venv/dev
	$(BIN)/python docs/generate.py

bench: .venv/dev
	$(BIN)/python -m benchmarks

fmt: .venv/dev
	$(BIN)/ruff check --fix-only -q .
	$(BIN)/ruff format -q .

clean:
	rm -rf .venv build dist .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .coverage
