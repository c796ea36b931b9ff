# The two commands of the README are `make demo` and `make test`; the others serve them.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet

.PHONY: demo test hard setup check browser bundle bench docs lock clean

demo: $(VENV)/.ready ## Set up, read the sample case, print its coalitions, write a report
	@$(BIN)/allegiance demo
	@echo "(In this folder the command is $(BIN)/allegiance.)"

test: setup browser ## Set up and pass all checks and tests; this is what CI runs
	$(MAKE) --no-print-directory check
	@command -v npm >/dev/null && npm --prefix frontend ci --silent --no-audit --no-fund || echo "No npm here; the bundle is not rebuilt and axe-core not run, those tests skip"
	$(BIN)/python -m pytest

MUTATED ?= 10000
KILLS ?= 1000
hard: setup ## Break files of every kind, 10,000 each, and kill 1,000 commands (MUTATED=n KILLS=n): prints counts; hours; run before each closing note
	ALLEGIANCE_MUTATED=$(MUTATED) ALLEGIANCE_KILLS=$(KILLS) $(BIN)/python -m pytest tests/hard

check: setup
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports

setup: $(VENV)/.tested

$(VENV)/.ready: requirements/run.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "allegiance needs Python 3.11 or newer; name one: make PYTHON=python3.11")'
	@$(PYTHON) -c 'import venv, ensurepip' || { echo "Python's venv module is missing; on Debian: apt-get install python3-venv"; exit 1; }
	$(PYTHON) -m venv $(VENV)
	$(PIP) install --require-hashes -r requirements/run.lock
	$(PIP) install --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/.tested: $(VENV)/.ready requirements/dev.lock
	$(PIP) install --require-hashes -r requirements/dev.lock
	@touch $@

# The page is tested in a real browser. Without the right to install one, its tests skip and say so.
browser:
	@command -v chromium >/dev/null || if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
	  echo "Installing Debian's chromium for the tests of the page"; \
	  { apt-get -qq update && apt-get -qq install -y --no-install-recommends chromium >/dev/null; } || echo "chromium could not be installed; tests of the page will skip"; \
	else echo "No chromium here; tests of the page will skip"; fi

bundle: ## Rebuild the front end (needs Node)
	cd frontend && npm ci --no-audit --no-fund && npm run build

lock: setup ## Pin all dependencies anew
	$(PIP) install uv
	for name in dev run bench train; do $(BIN)/python -m uv pip compile --universal --python-version 3.11 --generate-hashes \
	  --no-header --quiet requirements/$$name.in -o requirements/$$name.lock; done

docs: setup ## Make the generated pages anew, and say which numbers of the study differ from the data
	$(BIN)/python tests/house/cli_reference.py
	$(BIN)/python -m allegiance.events.reference > docs/formats.md
	$(BIN)/python docs/build_study.py

bench: setup ## Install the peers and measure against them (long)
	$(PIP) install --require-hashes -r requirements/bench.lock
	$(BIN)/python benchmarks/coalitions.py --quick

clean:
	rm -rf $(VENV) demo-output frontend/node_modules .mypy_cache .pytest_cache .ruff_cache .hypothesis
