"""One made-up city with a row in every table."""

from __future__ import annotations

import pytest

from access.rows import Rows
from access.world import OFFICE, make_city
from office import _own_state  # noqa: F401  used by name


@pytest.fixture
def rows(db: None) -> Rows:
    """The rows of one unit of the city."""
    return make_city("a", "青禾市", units="d").units["d"]


@pytest.fixture
def office_rows(db: None) -> Rows:
    """The rows of the office of the city."""
    return make_city("a", "青禾市", units="").units[OFFICE]
