# Everything a newcomer types. Each target does its own set-up; a second run installs nothing.
.DEFAULT_GOAL := help
SHELL := /bin/sh

PYTHON ?= python3
PORT ?= 8787
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check

help: ## list the targets
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 10

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit("Pectin needs Python 3.11 or later; this is " + sys.version.split()[0] + ". Choose another with: make PYTHON=python3.12") if sys.version_info < (3, 11) else None'
	$(PYTHON) -m venv $(VENV)

$(STAMP): pyproject.toml requirements.lock | $(BIN)/python
	@$(BIN)/python -m pip --version >/dev/null 2>&1 || $(PYTHON) -m venv --clear $(VENV)
	$(PIP) --require-hashes -r requirements.lock
	$(PIP) --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/.developing: requirements-dev.lock requirements-specifications.lock $(STAMP)
	$(PIP) --require-hashes -r requirements-dev.lock
	$(BIN)/python -m pip download --quiet --no-deps --no-binary marko --require-hashes -r requirements-specifications.lock -d $(VENV)/specifications
	@touch $@

$(VENV)/.testing: tools/install-browser tools/install-packages tests/npm/package.json $(VENV)/.developing
	sh tools/install-browser $(BIN)/python
	sh tools/install-packages $(VENV)/npm
	@touch $@

setup: $(STAMP) ## create .venv and install Pectin into it

demo: setup ## publish the example magazine and serve it (PORT=8787)
	$(BIN)/pectin publish --source examples/preserve
	$(BIN)/pectin serve --source examples/preserve --port $(PORT)

check: $(VENV)/.developing ## format, lint, types, and the law of the rooms
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

fix: $(VENV)/.developing ## format, and mend what the linter can
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

test: check $(VENV)/.testing ## every check, then every test
	$(BIN)/python -m pytest -n auto

bench: $(VENV)/.developing ## run every benchmark with its peers
	$(BIN)/python -m bench

docs: $(VENV)/.developing ## build the documentation with Pectin, and check that it is whole
	$(BIN)/python -m pytest -q tests/docs
	$(BIN)/python -m tools.documentation build/docs
	$(BIN)/pectin check --source build/docs
	$(BIN)/pectin publish --source build/docs
	@echo "To read it: $(BIN)/pectin serve --source build/docs"

LOCK := $(BIN)/uv pip compile --quiet --universal --generate-hashes --no-annotate --no-header
lock: $(VENV)/.developing ## resolve both lock files again
	$(LOCK) --group build -o requirements.lock pyproject.toml
	$(LOCK) --all-extras --group check --group test --group bench -c requirements.lock -o requirements-dev.lock pyproject.toml

.PHONY: help setup demo check fix test bench docs lock
