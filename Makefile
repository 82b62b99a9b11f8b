# The front door. `make` lists what there is; `make test` is exactly what CI runs.

.DEFAULT_GOAL := help
.PHONY: help setup run test test-all lint bench docs pictures browser lock clean
export REPO PYTHON

# A missing tool is told in one line, before anything is tried.
problem = $(shell sh tools/setup.sh problem)
require = $(if $(problem),$(error $(problem)))

help: ## list these targets
	@sed -n 's/^\([a-z-]*\):.*## /\1\t/p' Makefile | while IFS='	' read -r name what; do printf 'make %-10s %s\n' "$$name" "$$what"; done

setup: ## make .venv ready from the locks (also done by the other targets)
	$(require)@sh tools/setup.sh run

run: ## scan a repository with the report: make run REPO=~/infra (without REPO: an example fleet)
	$(require)@sh tools/setup.sh run && sh tools/run.sh

test: ## check format, lint, types and layers, then run the tests; says what did not run, and why
	$(require)@sh tools/setup.sh test && .venv/bin/python -m tools.verify

test-all: ## the same with the long campaigns
	$(require)@sh tools/setup.sh test && .venv/bin/python -m tools.verify --all

lint: ## only format, lint, types and layers
	$(require)@sh tools/setup.sh test && .venv/bin/python -m tools.verify --lint

bench: ## measure speed and size as ratios to a floor: make bench REPO=~/infra
	$(require)@sh tools/setup.sh test && .venv/bin/python -m bench

docs: ## write again what is generated: the tree in ARCHITECTURE.md, pictures, schemas, examples
	$(require)@sh tools/setup.sh test && .venv/bin/python -m tools.generate

pictures: ## photograph the report page anew (needs the package chromium)
	$(require)@sh tools/setup.sh test && sh tools/setup.sh browser && .venv/bin/python -m tools.page_picture

browser: ## only the tests that open pages in Chromium (needs the package chromium)
	$(require)@sh tools/setup.sh test && sh tools/setup.sh browser && .venv/bin/python -m pytest tests/browser

lock: ## resolve the newest versions of everything into requirements/*.lock
	@sh tools/lock.sh

clean: ## remove .venv and every cache
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache build dist
	find driftline tests bench tools -name __pycache__ -type d -prune -exec rm -rf {} +
