"""What every command on an installation begins with: its state folder, its key, Django."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

import django


def start_site() -> None:
    """Make the state folder with its secret key and set Django up."""
    state = Path(os.environ.get("SHUIHENG_STATE", "var"))
    state.mkdir(parents=True, exist_ok=True, mode=0o700)
    key = state / "secret_key"
    if not key.exists():
        key.touch(mode=0o600)
        key.write_text(secrets.token_urlsafe(50), "ascii")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shuiheng.web.settings")
    django.setup()


def say(line: str) -> None:
    """Print a line at once, so that a log has it."""
    print(line, flush=True)
