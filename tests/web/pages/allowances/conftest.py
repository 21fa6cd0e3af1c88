"""The year of the tests: it is always a day in May 2026, so that some months are over and others are not."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.utils import timezone

NOW = datetime(2026, 5, 20, 4, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _in_may(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "now", lambda: NOW)
