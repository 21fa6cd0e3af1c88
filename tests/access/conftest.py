"""The two cities, and the office's state folder."""

from __future__ import annotations

import pytest

from access.world import World, make_world
from office import _own_state  # noqa: F401  used by name


@pytest.fixture
def world(db: None) -> World:
    """Two cities with people of every role."""
    return make_world()
