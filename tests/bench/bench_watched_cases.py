"""What it costs to judge the results of all users by what readings say: 2,000 users; `full` takes 20,000."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

USERS, FULL_USERS = 2_000, 20_000
BENCH = Path(__file__).resolve().parent


def run(full: bool) -> None:
    """Print the seconds of two nights in an installation of its own."""
    with tempfile.TemporaryDirectory() as folder:
        environment = {**os.environ, "SHUIHENG_STATE": folder, "SHUIHENG_POLICY": "demo"}
        environment |= {"PYTHONPATH": str(BENCH), "DJANGO_SETTINGS_MODULE": "shuiheng.web.settings"}
        environment.pop("SHUIHENG_DATABASE_URL", None)
        site = [sys.executable, str(BENCH / "watched_cases.py"), str(FULL_USERS if full else USERS)]
        subprocess.run(site, env=environment, check=True)
