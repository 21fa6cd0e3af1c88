"""A city with judged targets and confirmed figures, and both ways to read it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any
from urllib.error import HTTPError
from urllib.request import Request

import pytest
from django.conf import settings
from django.test import Client

from office import (  # noqa: F401  used by name
    _own_state,
    make_account,
    officer,
    published,
    ready,
    the_office,
)
from shuiheng.adapters.records.models import Account, PlanVersion, Role
from shuiheng.notebook import City, open_city
from shuiheng.notebook.remote import RemoteSource
from shuiheng.services.api_token import make_token
from shuiheng.services.indicators.keep_standings import keep_standings
from shuiheng.services.indicators.keep_statistic import StatisticFields, decide_statistics, enter_statistics

FACTS = {"gdp": "100", "use_total": "5000", "unconventional_use": "0"}
SITE = "https://water.example.cn"


@pytest.fixture
def analyst(officer: Account, published: PlanVersion) -> Account:  # noqa: F811  the fixture
    """The account of an office whose targets were judged and whose figures of 2024 are confirmed."""
    keep_standings(the_office().place, date(2026, 6, 30))
    rows = enter_statistics(
        officer,
        the_office().place_id,
        [
            StatisticFields(fact=fact, year=2024, value=Decimal(value), source="年鉴")
            for fact, value in FACTS.items()
        ],
    )
    second = make_account("second", Role.OFFICE_REVIEWER)
    decide_statistics(second, [row.pk for row in rows], is_confirmed=True)
    return officer


@pytest.fixture
def local(analyst: Account) -> City:
    """The city read from its state folder."""
    return open_city(settings.STATE, account=analyst.username)


@pytest.fixture
def answer() -> Callable[[Request], bytes]:
    """How the site of the tests answers a request."""

    def fetch(request: Request) -> bytes:
        path = request.full_url.removeprefix(SITE)
        found: Any = Client().get(path, headers=dict(request.header_items()))
        if found.status_code >= 400:
            raise HTTPError(request.full_url, found.status_code, "refused", found.headers, None)
        return bytes(found.content)

    return fetch


@pytest.fixture
def remote(analyst: Account, answer: Callable[[Request], bytes]) -> City:
    """The city read over HTTP."""
    return City(RemoteSource(address=SITE, token=make_token(analyst, name="notebook", days=1), fetch=answer))
