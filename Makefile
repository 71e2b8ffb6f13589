# How to set up, run and check Cairn. Every target prepares what it needs, all of it inside this folder.
#
#   make chat ARGS="..."      words for the program behind the target
#   make PYTHON=python3.13 …  another interpreter; the environment is made anew with it

PYTHON ?= python3
ARGS ?=

UV := .tools/bin/uv
PY := .venv/bin/python
SYNCED := .venv/.synced
CODE = $(wildcard bot adapters scheduler tests)

export UV_PYTHON_DOWNLOADS := never

# The interpreter the environment was made with; empty while there is no working environment.
MADE_WITH := $(shell test -x $(PY) && cat $(SYNCED) 2>/dev/null)
ifeq ($(MADE_WITH),)
ANEW := anew
else ifneq ($(origin PYTHON),file)
ifneq ($(MADE_WITH),$(PYTHON))
ANEW := anew
endif
endif

.DEFAULT_GOAL := help
.PHONY: help setup chat run test check bench eval soak simulate lock clean anew

help: ## this list
	@sed -n 's/^\([a-z]*\):[^#]*## \(.*\)/make \1|\2/p' Makefile | awk -F'|' '{ printf "%-12s %s\n", $$1, $$2 }'

setup: $(SYNCED) ## prepare .venv with exactly what requirements.lock names

chat: $(SYNCED) ## talk to Cairn in this terminal
	@$(PY) -m bot chat $(ARGS)

run: $(SYNCED) ## serve the platforms that are switched on
	@$(PY) -m bot run $(ARGS)

test: $(SYNCED) ## run the tests
	@$(PY) -m pytest $(ARGS)

bench: $(SYNCED) ## measure
	@$(PY) -m tests.bench $(ARGS)

eval: $(SYNCED) ## measure how well the topic meant is found (ARGS=kept: the final figure)
	@$(PY) -m tests.eval $(ARGS)

soak: $(SYNCED) ## try at length what the tests try in short
	@$(PY) -m tests.soak $(ARGS)

simulate: $(SYNCED) ## measure on made learners whether Cairn teaches, and what placement finds
	@$(PY) -m tests.simulate $(ARGS)

check: $(SYNCED) ## lint, formatting, types, and the lock against pyproject.toml
	@$(PY) -m tests.test_packaging
	@$(PY) -m ruff check $(CODE)
	@$(PY) -m ruff format --check $(CODE)
	@$(PY) -m mypy $(CODE)

COMPILE = $(UV) pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-emit-find-links --no-header --quiet

# The second lock holds what the program needs to run, with the pins of the first.
lock: $(UV) ## write requirements.lock and requirements-run.lock from pyproject.toml (ARGS=--upgrade: newest versions)
	@$(COMPILE) --extra dev --output-file requirements.lock $(ARGS)
	@$(COMPILE) --constraint requirements.lock --output-file requirements-run.lock

clean: ## remove what make and the tools made
	@rm -rf .venv .tools dist .hypothesis .mypy_cache .pytest_cache .ruff_cache

define want_python
@command -v $(PYTHON) >/dev/null || \
	{ echo "Cairn needs Python 3.11 or newer, and there is no $(PYTHON) here. Name one: make PYTHON=python3.12" >&2; exit 1; }
@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	{ echo "Cairn needs Python 3.11 or newer; $(PYTHON) is older. Name another: make PYTHON=python3.12" >&2; exit 1; }
endef

# Made anew when there is none or another interpreter was named; else only brought up to the lock.
$(SYNCED): requirements.lock $(ANEW) | $(UV)
	$(if $(ANEW),$(call want_python))
	@echo "Preparing .venv (this takes a few seconds, once)" >&2
	@rm -f $@
	@$(if $(ANEW),$(UV) venv --quiet --clear --no-project --python "$$($(PYTHON) -c 'import sys; print(sys.executable)')" .venv)
	@$(UV) pip sync --quiet --require-hashes --python $(PY) requirements.lock
	@echo "$(if $(ANEW),$(PYTHON),$(MADE_WITH))" > $@

# --target is allowed where the system's Python refuses to be installed into, and needs no venv module.
$(UV):
	$(call want_python)
	@$(PYTHON) -m pip --version >/dev/null 2>&1 || \
		{ echo "Cairn needs pip for $(PYTHON) (on Debian: apt install python3-pip)." >&2; exit 1; }
	@PIP_REQUIRE_VIRTUALENV=0 $(PYTHON) -m pip install --quiet --no-user --no-cache-dir --disable-pip-version-check \
		--root-user-action=ignore --target .tools 'uv>=0.9,<1'
	@touch $@
