# Each target sets itself up in .venv; a plain Python 3.11 to 3.13 and make are enough.
.PHONY: demo test test-all fuzz setup bench check reference picture lock clean
SHELL := /bin/sh
VENV := .venv
BIN := $(VENV)/bin
JOBS ?= 2
COUNT ?= 100000
export PIP_DISABLE_PIP_VERSION_CHECK := 1

demo: $(VENV)/.base
	@$(BIN)/noctiflora demo --out .

setup: $(VENV)/.base
	@echo "Ready: $(BIN)/noctiflora --help"

test: $(VENV)/.dev
	@sh scripts/browser.sh
	@$(MAKE) --no-print-directory check
	@$(BIN)/python -m pytest -n $(JOBS) --dist loadscope -q

test-all: $(VENV)/.dev
	@sh scripts/browser.sh
	@$(MAKE) --no-print-directory check
	@NOCTIFLORA_FULL=1 $(BIN)/python -m pytest -n $(JOBS) --dist loadscope -q

# Documents of every format changed by their own grammar; COUNT of each family.
fuzz: $(VENV)/.dev
	@$(BIN)/python -m tests.sleep.read.fuzz $(COUNT)

check: $(VENV)/.dev
	@$(BIN)/ruff check src tests bench scripts
	@$(BIN)/ruff format --check --quiet src tests bench scripts
	@$(BIN)/lint-imports --no-logo > $(VENV)/lint-imports.log || { cat $(VENV)/lint-imports.log; exit 1; }
	@$(BIN)/mypy --no-error-summary

bench: $(VENV)/.dev
	@for file in bench/*.py; do echo "== $$file"; $(BIN)/python $$file || exit 1; done

reference: $(VENV)/.dev
	@$(BIN)/python scripts/reference.py

picture: $(VENV)/.base
	@$(BIN)/python scripts/picture.py

bench-%: $(VENV)/.dev
	@for file in bench/$*_*.py; do echo "== $$file"; $(BIN)/python $$file || exit 1; done

lock:
	@sh scripts/lock.sh

clean:
	@rm -rf $(VENV) build dist artifacts

$(VENV)/bin/python:
	@sh scripts/venv.sh $(VENV)

$(VENV)/.base: requirements/base.txt requirements/build.txt pyproject.toml | $(VENV)/bin/python
	@echo "Installing Noctiflora into $(VENV) (once)"
	@$(BIN)/python -m pip install --quiet --require-hashes -r requirements/build.txt -r requirements/base.txt
	@$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/.dev: requirements/dev.txt $(VENV)/.base
	@echo "Installing the tools for tests into $(VENV) (once)"
	@$(BIN)/python -m pip install --quiet --require-hashes -r requirements/dev.txt
	@touch $@
