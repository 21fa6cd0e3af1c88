#!/usr/bin/env bash
# Makes .venv from requirements.lock; does nothing when it is up to date.
set -euo pipefail
cd "$(dirname "$0")/.."

python=""
for candidate in "${PYTHON:-}" python3.11 python3.12 python3.13 python3; do
  if [ -n "$candidate" ] && command -v "$candidate" >/dev/null 2>&1 \
     && "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))'; then
    python="$candidate"
    break
  fi
done
if [ -z "$python" ]; then
  echo "setup: Python 3.11 or newer is needed (Debian: apt-get install python3 python3-venv)." >&2
  exit 1
fi

stamp=".venv/.installed"
compile_messages() { .venv/bin/python scripts/compile_messages.py; }
wanted="$(cat requirements.lock pyproject.toml | sha256sum | cut -d' ' -f1)"
if [ -f "$stamp" ] && [ "$(cat "$stamp")" = "$wanted" ] && [ -x .venv/bin/shuiheng ]; then
  compile_messages
  exit 0
fi

if ! "$python" -c 'import ensurepip, venv' >/dev/null 2>&1; then
  if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
    apt-get update -qq && apt-get install -y -qq python3-venv
  else
    echo "setup: this Python has no venv (Debian: apt-get install python3-venv)." >&2
    exit 1
  fi
fi

echo "setup: making .venv; the first time takes some minutes"
[ -x .venv/bin/python ] || "$python" -m venv .venv
.venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
.venv/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
compile_messages
echo "$wanted" > "$stamp"
