"""Sessions end."""

from __future__ import annotations

import time

import pytest
from django.conf import settings
from django.test import Client

HOUR = 3600


@pytest.mark.parametrize(("idle", "status"), [(2 * HOUR - 5, 200), (2 * HOUR + 5, 302)])
def test_an_account_that_is_away_for_two_hours_is_signed_out(office: Client, idle: int, status: int) -> None:
    office.get("/")
    session = office.session
    session["seen_at"] = int(time.time()) - idle
    session.save()
    assert office.get("/").status_code == status


def test_no_session_lives_longer_than_twelve_hours() -> None:
    assert settings.SESSION_COOKIE_AGE == 12 * HOUR and not settings.SESSION_SAVE_EVERY_REQUEST
