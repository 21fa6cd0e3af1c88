"""What the pages of a large ledger cost: 20,000 users and 100,000 meters with two years of settled months.

Each page is opened alone in this process's own time, thirty times, and the 50th and 95th of a hundred
stand beside those of a page without rows in the same run. `full` fills the whole city.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

USERS, FULL_USERS = 1_000, 20_000
TESTS = Path(__file__).resolve().parent.parent


def run(full: bool) -> None:
    """Fill a ledger in a folder and print what its pages cost."""
    with tempfile.TemporaryDirectory() as folder:
        environment = {**os.environ, "SHUIHENG_STATE": folder, "SHUIHENG_POLICY": "demo"}
        environment |= {"PYTHONPATH": str(TESTS), "DJANGO_SETTINGS_MODULE": "shuiheng.web.settings"}
        environment.pop("SHUIHENG_DATABASE_URL", None)
        count = str(FULL_USERS if full else USERS)
        site = [sys.executable, str(TESTS / "bench" / "large_ledger.py"), count]
        subprocess.run(site, env=environment, check=True)
