"""What the first page of each role takes at the server after five years, with 20,000 users (`--full`)."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

COUNT, FULL_COUNT = 2_000, 20_000
TESTS = Path(__file__).resolve().parent.parent


def run(full: bool) -> None:
    """Make the city in an installation of its own; open its first pages in another, new process."""
    with tempfile.TemporaryDirectory() as folder:
        environment = {**os.environ, "SHUIHENG_STATE": folder, "SHUIHENG_POLICY": "demo"}
        environment |= {"PYTHONPATH": str(TESTS), "DJANGO_SETTINGS_MODULE": "shuiheng.web.settings"}
        environment |= {"SHUIHENG_JOBS": "inline"}
        environment.pop("SHUIHENG_DATABASE_URL", None)
        site = [sys.executable, str(TESTS / "bench" / "many_homes.py")]
        count = FULL_COUNT if full else COUNT
        subprocess.run([*site, "make", str(count)], env=environment, check=True)
        subprocess.run([*site, "open"], env=environment, check=True)
