"""Two cities that the tests of a module share: made once, and as they were made for every test.

Their files are not there: each test has a state folder of its own.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from copy import deepcopy

import pytest
from django.conf import settings
from django.db import transaction
from pytest_django import DjangoDbBlocker

from access.world import World, make_world
from office import settings_of


@contextmanager
def _kept_for_a_module() -> Iterator[None]:
    """Hold a transaction in which every test of a module has its own, and roll it back in the end."""
    outer = transaction.atomic()
    outer._from_testcase = True  # type: ignore[attr-defined]  what is durable may begin in it
    with outer:
        yield
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def kept_world(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[World]:
    """Two cities in the database for as long as the tests of a module run; not to be changed in a test."""
    with (
        django_db_blocker.unblock(),
        pytest.MonkeyPatch.context() as patch,
        _kept_for_a_module(),
    ):
        for name, value in settings_of(tmp_path_factory.mktemp("kept_world")).items():
            patch.setattr(settings, name, value, raising=False)
        yield make_world()


@pytest.fixture
def world(kept_world: World, db: None) -> World:
    """Two cities with people of every role; what a test changes in them is gone after it."""
    return deepcopy(kept_world)
