# Each target does its own set-up; the second time is quick. PORT=8123 make run serves there.
PORT ?= 8000
PY = .venv/bin/python
export PYTHONUNBUFFERED = 1

.PHONY: run test check fix bench soak messages vendor screenshots clean

run:
	@bin/setup run
	@PORT=$(PORT) bin/run

test:
	@bin/setup dev
	@bin/test

check:
	@bin/setup dev
	@bin/check

fix:
	@bin/setup dev
	@.venv/bin/ruff check --fix .
	@.venv/bin/ruff format .

bench:
	@bin/setup bench
	@$(PY) -m bench

soak:
	@bin/setup dev
	@$(PY) -m tests.soak $(SOAK)

messages:
	@bin/setup run
	@bin/messages

vendor:
	@bin/setup run
	@$(PY) deploy/vendor/vendor.py

screenshots:
	@bin/setup dev
	@$(PY) docs/screenshots.py

clean:
	@rm -rf .venv var .mypy_cache .ruff_cache .import_linter_cache .hypothesis .pytest_cache node_modules
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +
	@rm -f locale/*/LC_MESSAGES/*.mo
	@echo "Removed the virtual environment, the demo store and all caches."
