# The two commands: `make demo` and `make test`. Everything else helps those who build the portal.

PYTHON ?= python3
LOCKED = .venv/bin/uv pip compile -q --generate-hashes --no-header --no-annotate --universal --python-version 3.11 --no-emit-index-url --no-emit-find-links

.PHONY: demo stop test check bench lock clean prepare
.DEFAULT_GOAL := demo

demo: prepare
	@.venv/bin/python manage.py demo

stop: ## the demonstration and the embedded servers
	@.venv/bin/python manage.py demo --stop

test:
	@$(PYTHON) setup/prepare.py --browser
	@setup/check.sh --browser

check: prepare
	@setup/check.sh

bench: prepare
	@.venv/bin/python benchmarks/run.py

lock: prepare
	$(LOCKED) requirements/base.in -o requirements/base.txt
	$(LOCKED) requirements/dev.in -o requirements/dev.txt

# Stops the embedded servers and deletes their data, .venv and every cache.
clean:
	@if [ -x .venv/bin/python ]; then .venv/bin/python manage.py demo --remove; fi
	rm -rf .venv var .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis

prepare:
	@$(PYTHON) setup/prepare.py
