# Two commands are enough: `make demo` and `make test`. README.md says what each does.
.PHONY: help setup demo test nightly bench format lock assets

help:
	@sed -n 's/^## //p' $(MAKEFILE_LIST)

## setup    make the environment in .venv from requirements.lock
setup:
	@scripts/setup.sh

## demo     load the demo city and serve it on http://127.0.0.1:8000
demo: setup
	@.venv/bin/shuiheng demo run

## test     format, lint, types, import contracts, all tests on SQLite and PostgreSQL
test: setup
	@scripts/test.sh

## nightly  the long runs: all fuzz cases, full benchmarks
nightly: setup
	@scripts/nightly.sh

## bench    print the benchmark figures
bench: setup
	@.venv/bin/python -m tests.bench

## format   format the sources
format: setup
	@.venv/bin/ruff format src tests scripts demo && .venv/bin/ruff check --fix src tests scripts demo

## lock     renew requirements.lock from pyproject.toml (needs uv)
lock:
	@uv pip compile pyproject.toml --all-extras --universal --python-version 3.11 --generate-hashes \
	  --no-emit-index-url --no-annotate --no-header -q -o requirements.lock

## assets   copy the pinned browser files out of node_modules (needs Node; users need not)
assets:
	@npm ci --ignore-scripts --no-audit --no-fund && python3 scripts/vendor_assets.py
