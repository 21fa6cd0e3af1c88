"""Somebody at the first page, for the tests of its boxes."""

from __future__ import annotations

from datetime import date

from django.http import HttpRequest

from shuiheng.adapters.records.models import Account
from shuiheng.web.pages.home.box import Desk

DAY = date(2026, 5, 20)


def desk_of(account: Account, today: date = DAY) -> Desk:
    """Return the desk of an account on a day."""
    request = HttpRequest()
    request.user = account
    return Desk(request=request, today=today)
