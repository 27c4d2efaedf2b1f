# What a person does with this repository. Every target sets up what it needs by itself.
PYTHON ?= python3
VENV ?= .venv
PY := $(VENV)/bin/python
BIN := $(VENV)/bin
JOBS ?= 2
PYTEST := $(BIN)/pytest -n $(JOBS) --dist loadfile --no-loadscope-reorder

.PHONY: help setup voices browser film test test-fast check lint types imports docs docs-check wheel bench bench-sound clean

help:
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*##/ -/'

$(VENV)/.installed: pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo "workprint needs Python 3.11 or newer; name one: make PYTHON=python3.11 ..."; exit 1; }
	@echo "Setting up $(VENV): about 320 MB to download the first time."
	$(PYTHON) -m venv $(VENV)
	$(PY) -m pip install --quiet --upgrade pip
	$(PY) -m pip install --quiet --editable .
	@sh tools/painter.sh $(PY)
	@touch $@

$(VENV)/.developer: $(VENV)/.installed
	$(PY) -m pip install --quiet --editable '.[dev]'
	@touch $@

setup: $(VENV)/.developer voices ## virtual environment with everything that a developer needs, and the Russian voice where the system allows it

voices: ## the Russian voice and the last-resort voice, from Debian's packages, where this may be done
	@sh tools/voices.sh

browser: ## Chromium, in which tests play a joined film, from Debian's packages, where this may be done
	@sh tools/browser.sh

film: $(VENV)/.installed ## render a bundled sample film and say where it is
	@test -d films/hello || $(BIN)/workprint new films/hello --from hello
	@$(BIN)/workprint render films/hello

test: $(VENV)/.developer ## all tests, whole films and the wheel among them; the README's test command
	$(PYTEST)

test-fast: $(VENV)/.developer ## only the fast tests
	$(PYTEST) -q -m "not slow and not whole"

check: lint types imports docs-check ## style, types, imports, reference, and the tests without whole films
	$(PYTEST) -m "not whole"

lint: $(VENV)/.developer ## style
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(VENV)/.developer ## static types
	$(BIN)/mypy

imports: $(VENV)/.developer ## the one-way street
	$(BIN)/lint-imports

docs: $(VENV)/.developer ## write the generated reference anew
	$(PY) docs/generate.py
	$(PY) docs/gallery.py
	$(PY) docs/vocabulary_gallery.py

docs-check: $(VENV)/.developer ## whether the generated reference is up to date
	$(PY) docs/generate.py --check
	$(PY) docs/gallery.py --check
	$(PY) docs/vocabulary_gallery.py --check

wheel: $(VENV)/.developer ## build the wheel
	$(PY) -m build --wheel

bench: $(VENV)/.installed ## films joined by us, by one ffmpeg graph and by other programs; BENCH="--scenes 12,48 --pairs 3" says more
	$(PY) -m benchmarks.assembly --folder build/bench $(BENCH)

bench-sound: $(VENV)/.installed ## ten minutes of sound mixed by us, by pydub and by an ffmpeg graph
	$(PY) -m benchmarks.sound

clean: ## remove what was built
	rm -rf $(VENV) build dist *.egg-info
