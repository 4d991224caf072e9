# assetmap: everything a newcomer or a server types.
#
#   make demo   see this week's proposals for an invented neighbourhood
#   make test   all gates, in order
#
# A fresh machine needs Python 3.11 or newer and make; the rest is set up here, once.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
CORE := .venv-core
LOWEST := .venv-lowest
NODE := .node
UV := $(BIN)/uv --quiet --no-python-downloads

export PIP_DISABLE_PIP_VERSION_CHECK := 1
export MPLBACKEND := Agg

# The tests of one run are shared by as many workers as there are cores.
SHARED := -n auto --dist worksteal
WALKS := browser or office or whole

heading = @printf '\n\033[1m== %s\033[0m\n' "$(1)"

.DEFAULT_GOAL := help
.NOTPARALLEL:
.PHONY: help demo test format lint types tests coverage core lowest explore bench pictures \
  reference workbook fuzz clean

help:
	@printf '%s\n' \
	  'make demo      this week in an invented neighbourhood' \
	  'make test      all gates: format, lint, types, tests, coverage, core, lowest' \
	  'make explore   the property tests with many random examples' \
	  'make fuzz      read ten thousand spoilt inputs' \
  'make bench     measure; results in benchmarks/out' \
	  'make pictures  draw the pictures of the documentation anew' \
	  'make reference  write the reference pages of records and columns anew' \
	  'make workbook  write the bundled workbook anew from its folder' \
	  'make clean     remove the virtual environments and what the tools left' \
	  '' \
	  'Another Python than python3:  make demo PYTHON=python3.12'

# --- set-up: each step leaves a stamp, so that it is done once -------------------------------

$(VENV)/.made:
	@command -v $(PYTHON) >/dev/null 2>&1 || { \
	  echo "Python was not found under the name '$(PYTHON)'."; \
	  echo "Install Python 3.11 or newer, or say which to use: make demo PYTHON=/path/to/python"; \
	  exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	  echo "assetmap needs Python 3.11 or newer; '$(PYTHON)' is $$($(PYTHON) --version 2>&1)."; \
	  echo "Install a newer one, or say which to use: make demo PYTHON=python3.12"; \
	  exit 1; }
	@$(PYTHON) -m venv $(VENV) || { \
	  echo "Python could not make a virtual environment."; \
	  echo "On Debian and Ubuntu: apt install python3-venv"; \
	  exit 1; }
	@touch $@

$(VENV)/.installed: $(VENV)/.made pyproject.toml
	$(call heading,install assetmap and what it needs)
	@$(BIN)/python -m pip install --quiet --editable .
	@touch $@

$(VENV)/.developed: $(VENV)/.made pyproject.toml
	$(call heading,install assetmap and the tools that check it)
	@$(BIN)/python -m pip install --quiet --editable '.[dev]'
	@touch $@ $(VENV)/.installed

# TypeScript checks the types of the script in the viewer's page. Without npm, or where it cannot
# be had, the tests that use it say so.
$(NODE)/.installed:
	@if command -v npm >/dev/null 2>&1; then \
	  printf '\n\033[1m== install TypeScript, which checks the script of the viewer\033[0m\n'; \
	  npm install --silent --no-save --no-package-lock --prefix $(NODE) typescript@5.9 \
	    && touch $@ || true; \
	fi

# --- what a newcomer runs --------------------------------------------------------------------

demo: $(VENV)/.installed
	@$(BIN)/assetmap demo

# --- the gates, in order ---------------------------------------------------------------------

test: format lint types tests coverage core lowest
	$(call heading,all gates are green)

format: $(VENV)/.developed
	$(call heading,format: ruff format)
	@$(BIN)/ruff format --check .

lint: $(VENV)/.developed
	$(call heading,lint: ruff check)
	@$(BIN)/ruff check .

types: $(VENV)/.developed
	$(call heading,types: mypy --strict)
	@$(BIN)/mypy

# What walks through everything at once, or needs a program beside Python, runs without counting
# branches, which makes it two and a half times as slow; the parts are counted in the first run.
tests: $(VENV)/.developed $(NODE)/.installed
	$(call heading,tests: each part - docstrings)
	@$(BIN)/coverage erase
	@$(BIN)/python -m pytest $(SHARED) -m "not ($(WALKS))" \
	  --cov --cov-report= --cov-fail-under=0 --doctest-modules src/assetmap tests
	$(call heading,tests: the whole - README and docs - examples - notebooks - pages - workbooks)
	@$(BIN)/python -m pytest $(SHARED) -m "$(WALKS)" tests

coverage: $(VENV)/.developed
	$(call heading,coverage: branches of the last test run)
	@$(BIN)/coverage report

# A clean environment with the built package and its own requirements: every module is
# imported with warnings as errors, and the packed demo runs.
core: $(VENV)/.developed
	$(call heading,core: the built package with nothing but what it requires)
	@test -x $(CORE)/bin/python || $(UV) venv --python $(BIN)/python $(CORE)
	@$(UV) pip install --python $(CORE)/bin/python --reinstall-package assetmap .
	@$(CORE)/bin/python -I -W error tests/house/import_everything.py
	@here=$$(pwd) && away=$$(mktemp -d) && cd "$$away" && \
	  "$$here/$(CORE)/bin/assetmap" demo >/dev/null && cd "$$here" && rm -r "$$away"

# The oldest versions that pyproject.toml allows, on the oldest Python. Everything runs that
# needs no browser, office program or notebook: what those show does not depend on versions.
# The newest versions are those of the main environment.
$(LOWEST)/.installed: $(VENV)/.developed
	$(call heading,install the lowest versions that are allowed)
	@$(UV) venv --clear --python 3.11 $(LOWEST)
	@$(UV) pip install --python $(LOWEST)/bin/python --resolution lowest-direct --editable '.[fast]'
	@$(UV) pip install --python $(LOWEST)/bin/python pytest pytest-randomly pytest-xdist hypothesis
	@touch $@

lowest: $(VENV)/.developed
	@if $(UV) python find 3.11 >/dev/null 2>&1; then \
	  $(MAKE) --no-print-directory lowest-here; \
	elif [ "$$ASSETMAP_NO_SKIP" = 1 ]; then \
	  echo "The lowest versions cannot be checked: there is no Python 3.11 here."; exit 1; \
	else \
	  echo "NOT CHECKED: the lowest versions (there is no Python 3.11 here)."; \
	fi

.PHONY: lowest-here
lowest-here: $(LOWEST)/.installed
	$(call heading,lowest: the tests on Python 3.11 with the oldest versions that are allowed)
	@HYPOTHESIS_PROFILE=quick $(LOWEST)/bin/python -m pytest --quiet $(SHARED) \
	  -m "not browser and not office" --ignore tests/test_notebooks.py

# --- besides the gates -----------------------------------------------------------------------

explore: $(VENV)/.developed
	@HYPOTHESIS_PROFILE=explore $(BIN)/python -m pytest --quiet $(SHARED) -m "not browser and not office"

# Another ten thousand: make fuzz FIRST=10000.
FIRST ?= 0
fuzz: $(VENV)/.developed
	@$(BIN)/python -W error -m tests.tables.fuzz.play 10000 $(FIRST)

bench: $(VENV)/.developed
	@mkdir -p benchmarks/out
	@for script in benchmarks/[a-z]*.py; do \
	  printf '\n\033[1m== %s\033[0m\n' "$$script"; \
	  $(BIN)/python "$$script" || exit 1; \
	done

pictures: $(VENV)/.developed
	@$(BIN)/python -m tests.house.pictures

reference: $(VENV)/.developed
	@$(BIN)/python -m tests.house.model_page
	@$(BIN)/python -m tests.house.columns_page
	@$(BIN)/python -m tests.house.measures_page

workbook: $(VENV)/.installed
	@$(BIN)/python -c 'import assetmap; \
	  assetmap.write(assetmap.read("examples/buurthuis"), "examples/buurthuis.xlsx")'

clean:
	rm -rf $(VENV) $(CORE) $(LOWEST) $(NODE) .mypy_cache .ruff_cache .pytest_cache .hypothesis .coverage* \
	  build dist
