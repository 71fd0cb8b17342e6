# Every thing people do here is one verb. `make run` and `make test` are all a newcomer needs.
SHELL := /bin/bash
.DEFAULT_GOAL := help
.PHONY: help setup run test check coverage shots bench demo demo-province soak clean system

PYTHON ?= python3
VENV := .venv
PY := $(VENV)/bin/python
STAMP := $(VENV)/.ready
PEOPLE ?= 800
PROVINCE ?= build/demo-province/binh-dinh

help: ## this list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /make \1\t/' | expand -t 18

setup: system $(STAMP) ## make .venv with the program and every tool in it

system:
	@bash tools/system-packages.sh

$(STAMP): requirements.lock setup.cfg pyproject.toml
	@bash tools/setup.sh "$(PYTHON)" "$(VENV)"

run: setup ## open the program on the demonstration office
	@bash tools/run.sh "$(VENV)" "$(PEOPLE)"

# Tests wait a quarter of their time for disks and lines: three side by side keep two cores busy.
test: setup ## every test
	QT_QPA_PLATFORM=offscreen $(PY) -m pytest -n 3 $(ARGS)

check: setup ## format, lint, types, import contracts, migrations, translations
	$(VENV)/bin/ruff format --check .
	$(VENV)/bin/ruff check .
	$(VENV)/bin/mypy data app sync ui
	QT_QPA_PLATFORM=offscreen $(PY) -m pytest -q \
	  tests/test_architecture.py tests/test_wording.py tests/test_ground.py $(wildcard tests/data/test_migrat*.py)

coverage: setup ## which branches the tests never took; rules, merge, outbox and migrate have none
	QT_QPA_PLATFORM=offscreen $(VENV)/bin/coverage run -m pytest -q $(ARGS)
	$(VENV)/bin/coverage combine -q
	$(VENV)/bin/coverage report --fail-under=100 \
	  --include='app/rules/*,sync/merge.py,data/outbox.py,data/migrate.py'
	mkdir -p build && $(VENV)/bin/coverage report > build/coverage.txt; tail -n 1 build/coverage.txt

shots: setup ## every screen and dialog as PNG
	QT_QPA_PLATFORM=offscreen $(PY) -m tests.shots $(ARGS)

bench: setup ## measure against raw limits taken in the same run
	QT_QPA_PLATFORM=offscreen $(PY) -m tests.benchmarks $(ARGS)

demo: setup ## the main job without a window: lists in, server and paper out
	$(VENV)/bin/soansinh --text --home "$$(mktemp -d -t soansinh-demo-XXXXXX)" demo $(ARGS)

demo-province: setup ## Bình Định of 2020 from a file of figures (FIGURES=FILE for another province)
	rm -rf $(PROVINCE)
	$(VENV)/bin/soansinh --text --home $(PROVINCE) demo-province $(if $(FIGURES),--figures "$(FIGURES)")

soak: setup ## the tests of endurance again and again with new seeds, for MINUTES (default 10)
	QT_QPA_PLATFORM=offscreen $(PY) -m tests.soak --minutes $(or $(MINUTES),10)

clean: ## remove what the verbs made, .venv apart
	rm -rf build dist *.egg-info .coverage .coverage.* .pytest_cache .ruff_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -not -path './$(VENV)/*' -prune -exec rm -rf {} +
