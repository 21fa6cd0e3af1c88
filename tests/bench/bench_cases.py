"""Facts of users and an eligibility run over a whole ledger: queries and seconds.

2,000 users; `full` takes 20,000.
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
    """Print what facts and an eligibility run cost in an installation of its own."""
    with tempfile.TemporaryDirectory() as folder:
        environment = {**os.environ, "SHUIHENG_STATE": folder, "SHUIHENG_POLICY": "demo"}
        environment |= {"PYTHONPATH": str(BENCH), "DJANGO_SETTINGS_MODULE": "shuiheng.web.settings"}
        environment.pop("SHUIHENG_DATABASE_URL", None)
        site = [sys.executable, str(BENCH / "facts_of_users.py"), str(FULL_USERS if full else USERS)]
        subprocess.run(site, env=environment, check=True)
