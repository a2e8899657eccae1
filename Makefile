# Everything runs in .venv, made from the locks; nothing else on the machine is touched.
# PYTHON=python3.12 make …  picks the interpreter that .venv is made from (3.11 or later).

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
WORKERS ?= 2

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

.PHONY: help
help: ## this list
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /|/' | while IFS='|' read -r name text; do printf '  make %-8s %s\n' "$$name" "$$text"; done

# Two stamps, so that the demo need not wait for linters: .ready (what a user runs), .ready-dev (what we run).
# --no-deps and --no-build-isolation: the locks decide every version, the build backend's included.

.PHONY: setup
setup: $(VENV)/.ready-dev ## make .venv with everything locked in it (the other targets do this by themselves)

$(VENV)/.python:
	@$(PYTHON) -c 'import sys; sys.exit(0 if sys.version_info >= (3, 11) else "deedwatch needs Python 3.11 or later; $(PYTHON) is " + sys.version.split()[0] + ". Say: make PYTHON=python3.12 ...")'
	@echo "Making $(VENV) …"
	@$(PYTHON) -m venv --clear $(VENV)
	@touch $@

$(VENV)/.ready: $(VENV)/.python requirements.lock pyproject.toml
	@echo "Installing what requirements.lock lists …"
	@$(PIP) install --require-hashes -r requirements.lock
	@$(PIP) install --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/.ready-dev: $(VENV)/.ready requirements-dev.lock
	@echo "Installing what requirements-dev.lock lists …"
	@$(PIP) install --require-hashes -r requirements-dev.lock
	@touch $@

.PHONY: demo
demo: $(VENV)/.ready ## two refreshes of a small dataset against a web of our own: no key, no internet
	@$(BIN)/python -m rehearsal.demo

.PHONY: test
test: $(VENV)/.ready-dev ## all tests
	@$(BIN)/python -m pytest -n $(WORKERS)

.PHONY: check
check: $(VENV)/.ready-dev ## style, types and import contracts, as CI runs them
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

.PHONY: bench
bench: $(VENV)/.ready-dev ## the figures of docs, measured here
	@$(BIN)/python -m bench

.PHONY: format
format: $(VENV)/.ready-dev ## let ruff lay out the code
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

# The user's lock holds the versions of the developers' lock, so that tests test what users get.
LOCK := $(VENV)/lock/bin/uv pip compile pyproject.toml --quiet --universal --python-version 3.11 --generate-hashes \
	--no-annotate --no-header

.PHONY: lock
lock: $(VENV)/.python ## renew requirements*.lock from pyproject.toml
	@$(PYTHON) -m venv $(VENV)/lock
	@$(VENV)/lock/bin/python -m pip --disable-pip-version-check --quiet install uv
	$(LOCK) --upgrade --group build --group dev --output-file requirements-dev.lock
	$(LOCK) --upgrade --group build --constraint requirements-dev.lock --output-file requirements.lock

.PHONY: clean
clean: ## remove .venv and everything made by running things
	rm -rf $(VENV) build dist demo-out bench-out .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
