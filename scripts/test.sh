#!/usr/bin/env bash
# Everything that must hold before a change lands. Under CI=true nothing may be left out.
set -euo pipefail
cd "$(dirname "$0")/.."
export PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD=1
unset PYTHONDONTWRITEBYTECODE  # the tests begin hundreds of processes, which would compile all sources each time
bin=.venv/bin
scripts/system_packages.sh
$bin/python -m compileall -q src

step() { echo; echo "== $1"; shift; "$@"; }
step "format" $bin/ruff format --check src tests scripts demo
step "lint" $bin/ruff check src tests scripts demo
step "import contracts" $bin/lint-imports
step "types" $bin/mypy
step "tests (SQLite)" $bin/pytest -q -n 2 --dist loadfile --no-loadscope-reorder
if ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1; then
  step "tests (PostgreSQL)" $bin/python scripts/with_postgres.py \
    $bin/pytest -q -n 2 --dist loadfile --no-loadscope-reorder tests/adapters/records tests/services tests/web
elif [ "${CI:-}" = true ]; then
  echo "test: PostgreSQL is missing and nothing may be left out under CI=true" >&2
  exit 1
else
  echo "left out: all tests on PostgreSQL (Debian: apt-get install postgresql)"
fi
