.DEFAULT_GOAL := help
PYTHON ?= python3
BIN    := .venv/bin
STAMP  := .venv/.synced
UVPIP  := VIRTUAL_ENV=.venv $(BIN)/uv pip
LOCK   := $(BIN)/uv pip compile --quiet --universal --generate-hashes --no-strip-extras --no-emit-index-url \
          --no-header --python-version 3.11

.PHONY: help run test check types lint format bench speed wheel lock clean

help: ## show the targets
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/' | expand -t 12

$(STAMP): requirements.lock bootstrap.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo 'Newsledger needs Python 3.11 or newer; name one with: make PYTHON=python3.12 ...' >&2; exit 2; }
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv || \
		{ echo 'no virtual environment could be made; on Debian: apt install python3-venv' >&2; exit 2; }
	@test -x $(BIN)/uv || $(BIN)/python -m pip install --quiet --require-hashes -r bootstrap.lock
	@$(UVPIP) sync --quiet --require-hashes requirements.lock
	@$(UVPIP) install --quiet --no-deps --no-build-isolation --editable .
	@touch $@

run: $(STAMP) ## seed corpus and configured feeds -> DuckDB -> today's digest; works offline too
	$(BIN)/newsledger run

test: $(STAMP) ## the whole test suite
	$(BIN)/python -m pytest -n 2

check: lint types ## lint and types

lint: $(STAMP) ## ruff, every rule, and the format
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(STAMP) ## mypy --strict
	$(BIN)/mypy

format: $(STAMP) ## let ruff mend what it can
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

bench: $(STAMP) ## hold extraction against its floors, live through a month, end runs in bad ways, try the newest DuckDB; half an hour
	$(BIN)/python -m bench.gate
	$(BIN)/python -m bench.month
	$(BIN)/python -m bench.crash
	$(BIN)/python -m bench.newest

speed: $(STAMP) ## measure extraction and its memory, fetching, the store, the search, stories and digests, each beside a peer or a limit; two hours
	$(BIN)/python -m bench.model
	$(BIN)/python -m bench.extract
	$(BIN)/python -m bench.extract --memory 10000
	$(BIN)/python -m bench.fetch
	$(BIN)/python -m bench.store
	$(BIN)/python -m bench.search
	$(BIN)/python -m bench.copies
	$(BIN)/python -m bench.stories
	$(BIN)/python -m bench.day

wheel: $(STAMP) ## build the wheel into dist/
	$(BIN)/uv build --wheel --no-build-isolation --quiet --python $(BIN)/python

lock: $(STAMP) ## resolve the versions anew (hashes, no addresses)
	$(LOCK) bootstrap.in -o bootstrap.lock
	$(LOCK) -c constraints.txt -c bootstrap.in --group dev --group build pyproject.toml -o requirements.lock
	$(LOCK) tests/store/clients/oldest.in -o tests/store/clients/oldest.lock
	$(LOCK) tests/store/clients/newest.in -o tests/store/clients/newest.lock
	$(LOCK) -c requirements.lock training/requirements.in -o training/requirements.lock

clean: ## remove what the other targets made, but no data
	rm -rf .venv dist .mypy_cache .ruff_cache .pytest_cache
