"""A command on an installation begins with its folder and its key."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

START = """
from shuiheng.cli.starting import say, start_site
start_site()
from django.conf import settings
say(settings.SECRET_KEY)
"""


def test_the_key_is_made_once_and_is_readable_by_its_owner_only(tmp_path: Path) -> None:
    state = tmp_path / "new" / "state"
    environment = {**os.environ, "SHUIHENG_STATE": str(state)}
    environment.pop("DJANGO_SETTINGS_MODULE", None)
    said = [
        subprocess.run(
            [sys.executable, "-c", START], env=environment, capture_output=True, text=True, check=True
        ).stdout.strip()
        for _ in range(2)
    ]
    assert said[0] == said[1] == (state / "secret_key").read_text("ascii") and len(said[0]) > 40
    assert (state / "secret_key").stat().st_mode & 0o077 == 0
