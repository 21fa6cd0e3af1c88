"""The ledger of water users is being built: its services are watched when each tells of what it writes."""

from __future__ import annotations

import pytest


@pytest.fixture
def _every_change_is_an_event() -> None:
    """Take the watch of the folder above away until `add_water_user` names the organisation it makes."""
