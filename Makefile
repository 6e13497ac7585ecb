# What a person or CI runs. Needs Python 3.11 or newer, git and make; the rest goes into .venv.

PYTHON ?= python3
JOBS ?= 2
ARGS ?=

VENV := .venv
ENGINES := .engines
RUN := $(VENV)/bin/python -m
INSTALL := $(RUN) pip --disable-pip-version-check --no-input install --quiet --require-hashes
COMPILE := $(RUN) uv pip compile --quiet

.DEFAULT_GOAL := help
.NOTPARALLEL: # two targets never install into one environment at a time
.DELETE_ON_ERROR:
.PHONY: help site test nightly check serve bench format lint docs engines audit tools lock clean
.PHONY: assemble editions languages links publish verify

help: ## list the targets
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/  make \1\t\2/p' Makefile | expand -t 16
	@echo '  ARGS="..." is handed on: make serve ARGS=--help, make test ARGS="-k dates"'

site: $(VENV)/.site ## build the site into site/
	$(RUN) generator build $(ARGS)

test: $(VENV)/.dev tools lint ## run all checks of the code and all tests
	$(RUN) pytest -n $(JOBS) $(ARGS)

nightly: $(VENV)/.dev tools engines ## run what takes longer: every page in every way, Lighthouse, engines (an hour)
	$(RUN) pytest -m nightly $(ARGS)

check: $(VENV)/.site ## report every problem in content/, write nothing
	$(RUN) generator check $(ARGS)

serve: $(VENV)/.site ## build, serve on this machine, rebuild on change
	$(RUN) generator serve $(ARGS)

verify: $(VENV)/.site ## hold site/ against its manifest of hashes
	$(RUN) generator verify $(ARGS)

publish: $(VENV)/.site ## bring site/ to a host: ARGS="rsync host:/folder", ARGS="storage remote:bucket"
	$(RUN) generator publish $(ARGS)

links: $(VENV)/.site ## ask the addresses of all sources whether they still answer
	$(RUN) generator links $(ARGS)

assemble: $(VENV)/.site ## make one site of those of single languages: ARGS="FOLDER FOLDER"
	$(RUN) generator assemble $(ARGS)

editions: $(VENV)/.site ## make the editions to take away out of site/
	$(RUN) generator editions $(ARGS)

languages: $(VENV)/.site ## print the codes of the languages, as JSON
	$(VENV)/bin/python .ci/languages

bench: $(VENV)/.site ## measure this generator and others on the same pages (docs/benchmarks.md)
	$(RUN) benchmarks $(ARGS)

format: $(VENV)/.dev ## format the code and mend what the linter can
	$(RUN) ruff check --fix --quiet . || true
	$(RUN) ruff format .

lint: $(VENV)/.dev ## linter, formatting, types
	$(RUN) ruff check .
	$(RUN) ruff format --check .
	$(RUN) mypy

tools: $(VENV)/.dev
	@sh .ci/tools $(VENV)/bin/python

docs: $(VENV)/.dev ## write what of docs/ is made from the code
	$(RUN) tools

engines: $(ENGINES)/.done ## install the engines that the nightly tests try beside MkDocs

audit: $(VENV)/.audit ## ask the advisory service of PyPI about every locked package
	@failed=; for name in site dev lock engines audit; do \
		echo "requirements/$$name.txt"; \
		$(RUN) pip_audit --strict --require-hashes --disable-pip --progress-spinner off \
			-r requirements/$$name.txt || failed=yes; \
	done; \
	[ -z "$$failed" ] || { echo "Not sound, or not audited: 'not found on PyPI' means that the" \
		"advisory service of this machine's registry does not answer. Run it where it does." >&2; exit 1; }

lock: $(VENV)/.lock ## write requirements/ from pyproject.toml; newer versions: ARGS=--upgrade
	$(COMPILE) $(ARGS) pyproject.toml --output-file requirements/site.txt
	$(COMPILE) $(ARGS) pyproject.toml --group dev --constraint requirements/site.txt \
		--output-file requirements/dev.txt
	$(COMPILE) $(ARGS) --group lock --output-file requirements/lock.txt
	$(COMPILE) $(ARGS) --group engines --constraint requirements/site.txt \
		--output-file requirements/engines.txt
	$(COMPILE) $(ARGS) --group audit --output-file requirements/audit.txt

clean: ## remove all that can be built again, except .venv and node_modules
	rm -rf build editions site .mypy_cache .pytest_cache .ruff_cache .hypothesis
	find . -path ./$(VENV) -prune -o -name __pycache__ -type d -prune -exec rm -rf {} +

# The environment. pip is the last thing that venv writes: without it, the rest is half there.
$(VENV)/bin/pip:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
		echo "'$(PYTHON)' is not Python 3.11 or newer. Name one that is: make PYTHON=python3.12 ..." >&2; \
		exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { \
		echo "'$(PYTHON)' cannot make virtual environments." \
			"On Debian and Ubuntu: apt-get install python3-venv" >&2; \
		exit 1; }
	@$(PYTHON) -m venv --clear $(VENV)

$(VENV)/.site: requirements/site.txt | $(VENV)/bin/pip
	@echo "Installing what the site needs into $(VENV)"
	@$(INSTALL) -r $<
	@touch $@

$(VENV)/.dev: requirements/dev.txt | $(VENV)/bin/pip
	@echo "Installing what the site and its tests need into $(VENV)"
	@$(INSTALL) -r $<
	@touch $(VENV)/.site $@

$(VENV)/.audit: requirements/audit.txt | $(VENV)/bin/pip
	@$(INSTALL) -r $<
	@touch $@

# Beside the other one, because both engines bring versions of their own.
$(ENGINES)/.done: requirements/engines.txt | $(VENV)/bin/pip
	@echo "Installing other engines into $(ENGINES)"
	@$(VENV)/bin/python -m venv --clear $(ENGINES)
	@$(ENGINES)/bin/python -m pip --disable-pip-version-check --no-input install --quiet \
		--require-hashes -r $<
	@touch $@

$(VENV)/.lock: requirements/lock.txt | $(VENV)/bin/pip
	@$(INSTALL) -r $<
	@touch $@
