#!/usr/bin/env bash
# The long runs: new examples of every invariant, every fuzz case and the full benchmarks. Prints figures; takes hours.
set -euo pipefail
cd "$(dirname "$0")/.."
scripts/system_packages.sh
SHUIHENG_NIGHTLY=1 .venv/bin/pytest -q -m "nightly or hypothesis" tests
.venv/bin/python -m tests.bench --full
