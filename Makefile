# What a person does with this repository. Every target sets up what it needs by itself.
VENV ?= .venv
PY := $(VENV)/bin/python
BIN := $(VENV)/bin
JOBS ?= 2

.PHONY: help setup voices film test test-fast check lint types imports docs wheel clean

help:
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*##/ -/'

$(VENV)/.installed: pyproject.toml
	python3 -m venv $(VENV)
	$(PY) -m pip install --quiet --upgrade pip
	$(PY) -m pip install --quiet --editable .
	@touch $@

$(VENV)/.developer: $(VENV)/.installed
	$(PY) -m pip install --quiet --editable '.[dev]'
	@touch $@

setup: $(VENV)/.developer voices ## virtual environment with everything that a developer needs, and the Russian voice where the system allows it

voices: ## the Russian voice and the last-resort voice, from Debian's packages, where this may be done
	@sh tools/voices.sh

film: $(VENV)/.installed ## render a bundled sample film and say where it is
	@test -d films/hello || $(BIN)/workprint new films/hello --from hello
	@$(BIN)/workprint render films/hello

test: $(VENV)/.developer ## the tests; the README's test command
	$(BIN)/pytest -n $(JOBS) --dist loadgroup

test-fast: $(VENV)/.developer ## only the fast tests
	$(BIN)/pytest -q -n $(JOBS) -m "not slow and not whole"

lint: $(VENV)/.developer ## style
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(VENV)/.developer ## static types
	$(BIN)/mypy

imports: $(VENV)/.developer ## the one-way street
	$(BIN)/lint-imports

docs: $(VENV)/.developer ## write the generated reference anew
	$(PY) docs/generate.py

check: lint types imports test ## everything that CI does

wheel: $(VENV)/.developer ## build the wheel
	$(PY) -m build --wheel

clean: ## remove what was built
	rm -rf $(VENV) build dist *.egg-info
