"""What all indicators of a year cost: 2,000 users with five years of settled months; `full` takes 20,000.

The whole year, and the year again after one correction, stand beside a plain recount of the same rows in
the same run, which must give the same water.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

USERS, FULL_USERS = 2_000, 20_000
BENCH = Path(__file__).resolve().parent


def run(full: bool) -> None:
    """Fill a ledger in a folder and print what its indicators cost."""
    with tempfile.TemporaryDirectory() as folder:
        environment = {**os.environ, "SHUIHENG_STATE": folder, "SHUIHENG_POLICY": "demo"}
        environment |= {"PYTHONPATH": str(BENCH), "DJANGO_SETTINGS_MODULE": "shuiheng.web.settings"}
        environment.pop("SHUIHENG_DATABASE_URL", None)
        site = [sys.executable, str(BENCH / "indicator_year.py"), str(FULL_USERS if full else USERS)]
        subprocess.run(site, env=environment, check=True)
