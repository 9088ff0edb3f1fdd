# Perennial: every task of the house. Plain `make` lists them.
# Asks for Python 3.11 or newer with venv, and make; all else is installed into .venv from hashed locks.

PYTHON ?= python3
PORT ?= 8000
export PORT
BIN := .venv/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check install --progress-bar on

.DEFAULT_GOAL := help
.PHONY: help setup run test check fix bench docs rules lock clean

help: ## List these targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "  make %-8s %s\n", $$1, $$2}' Makefile

setup: .venv/.run ## Make .venv and install what the site needs

.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Perennial needs Python 3.11 or newer; name it with: make PYTHON=python3.12" >&2; exit 2; }
	@$(PYTHON) -c 'import ensurepip, venv' || { echo "Python has no venv here. On Debian or Ubuntu: apt-get install python3-venv" >&2; exit 2; }
	@echo "Making .venv with $$($(PYTHON) --version)"
	@$(PYTHON) -m venv .venv

.venv/.run: requirements/run.txt pyproject.toml | .venv/bin/python
	@echo "Installing what the site needs (about half a minute)"
	@$(PIP) --require-hashes -r requirements/run.txt
	@$(PIP) --quiet --no-deps --no-build-isolation --editable .
	@touch $@

.venv/.test: requirements/test.txt .venv/.run
	@echo "Installing what the tests need"
	@$(PIP) --require-hashes -r requirements/test.txt
	@touch $@

run: .venv/.run ## Set up, load the starter library, and serve on http://localhost:8000 (PORT changes it)
	@$(BIN)/perennial serve

test: .venv/.test ## Run all tests: SQLite, PostgreSQL, then the journeys in a browser
	@$(BIN)/python -W ignore -m tests.databases

check: .venv/.test ## Format, lint, types, borders, rules, migrations (runs no tests)
	@$(BIN)/python -m tests.checks

fix: .venv/.test ## Mend what can be mended by machine
	$(BIN)/ruff check --fix --quiet .
	$(BIN)/ruff format .

rules: .venv/.run ## Check every rule file
	$(BIN)/perennial requirements lint

bench: .venv/.test ## Measure, and compare with the budgets in benchmarks/README.md
	$(BIN)/python -m benchmarks

docs: .venv/.test ## Write docs/reference anew
	$(BIN)/perennial reference

lock: ## Resolve the dependencies anew (needs uv)
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --custom-compile-command "make lock" --extra build pyproject.toml -o requirements/run.txt
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --custom-compile-command "make lock" --extra build --extra dev pyproject.toml -o requirements/test.txt

clean: ## Remove .venv and caches; data/ stays
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis build src/*.egg-info
