"""A year's plan under a cap that does not suffice: computed from three settled years, published with notices.

2,000 users with one source each; `full` takes 20,000.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

USERS, FULL_USERS = 2_000, 20_000
TESTS = Path(__file__).resolve().parent.parent


def run(full: bool) -> None:
    """Make a city in a folder, and print what each step of its year takes."""
    with tempfile.TemporaryDirectory() as folder:
        environment = {**os.environ, "SHUIHENG_STATE": folder, "SHUIHENG_POLICY": "demo"}
        environment |= {"PYTHONPATH": str(TESTS), "DJANGO_SETTINGS_MODULE": "shuiheng.web.settings"}
        environment.pop("SHUIHENG_DATABASE_URL", None)
        count = str(FULL_USERS if full else USERS)
        city = [sys.executable, str(TESTS / "bench" / "plan_of_city.py"), count]
        subprocess.run(city, env=environment, check=True)
