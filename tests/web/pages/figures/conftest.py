"""The office's fixtures for this folder, and a city with the facts of two years."""

from __future__ import annotations

from decimal import Decimal

import pytest

from office import (  # noqa: F401  used by name
    _own_state,
    looker,
    make_account,
    office,
    officer,
    published,
    reader,
    ready,
    seen,
)
from services.indicators.test_target_standing import enter
from shuiheng.adapters.records.models import Account, Place, Role
from watching import _every_change_is_an_event, _rows_are_seen  # noqa: F401  used by name
from web.pages.awards.conftest import Browser, browser  # noqa: F401  used by name


@pytest.fixture
def place(officer: Account) -> Place:  # noqa: F811  the fixture of this name
    """A city with the facts of two years."""
    city: Place = officer.memberships.get().organisation.place
    values = {
        "use_total_2024": Decimal(30500),
        "unconventional_use_2024": Decimal(500),
        "ecological_use_2024": Decimal(100),
        "gdp_2024": Decimal("1213.7"),
        "gdp_index_2024": Decimal("105.1"),
        "use_total_2025": Decimal(30500),
        "unconventional_use_2025": Decimal(500),
        "ecological_use_2025": Decimal(100),
        "use_total_2023": Decimal(31000),
        "unconventional_use_2023": Decimal(400),
        "gdp_2023": Decimal(1150),
    }
    enter(city.pk, officer, **values)
    return city


@pytest.fixture
def leader() -> Account:
    """Who signs off."""
    return make_account("leader", Role.OFFICE_LEADER)
