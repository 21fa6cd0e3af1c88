"""The clock of a running site, which stands some days back and is moved on by a journey."""

from __future__ import annotations

import os
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from places import ROOT

SET_BACK = """
from datetime import timedelta
from pathlib import Path
from zoneinfo import ZoneInfo
from django.utils import timezone
honest, told = timezone.now, Path({told!r})
timezone.now = lambda: honest() - timedelta(days=int(told.read_text("utf-8")))
"""


class Clock:
    """How many days a site lives behind; every process of the site reads it anew each time."""

    def __init__(self, folder: Path, *, days_back: int) -> None:
        """Write the clock into a folder of its own."""
        self._folder, self._told = folder, folder / "days_back"
        folder.mkdir()
        self._days_back = days_back
        self._told.write_text(str(days_back), "utf-8")
        (folder / "sitecustomize.py").write_text(SET_BACK.format(told=str(self._told)), "utf-8")

    @property
    def around(self) -> Mapping[str, str]:
        """Return the variables by which a process lives by this clock."""
        return {"PYTHONPATH": os.pathsep.join(map(str, (self._folder, ROOT, ROOT / "tests")))}

    def go_on(self, *, days: int) -> None:
        """Let days go by; the site never lives in the future."""
        assert days <= self._days_back
        self._days_back -= days
        self._told.write_text(str(self._days_back), "utf-8")

    def today(self) -> date:
        """Return the day that the site lives, in its own time."""
        return datetime.now(tz=ZoneInfo("Asia/Shanghai")).date() - timedelta(days=self._days_back)
