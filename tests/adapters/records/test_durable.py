"""Commits are synced inside the block and as before behind it."""

from __future__ import annotations

import pytest
from django.db import connection, transaction

from shuiheng.adapters.records.durable import durable_commits

FULL, NORMAL = 2, 1
needs_sqlite = pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL syncs each commit anyway")


def _level() -> int:
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA synchronous")
        return int(cursor.fetchone()[0])


@needs_sqlite
@pytest.mark.django_db(transaction=True)
def test_commits_are_synced_in_the_block_only() -> None:
    with durable_commits(), transaction.atomic():
        assert _level() == FULL
    assert _level() == NORMAL
    with pytest.raises(KeyError), durable_commits():
        raise KeyError
    assert _level() == NORMAL


@needs_sqlite
@pytest.mark.django_db
def test_inside_a_transaction_nothing_is_changed() -> None:
    before = _level()
    with durable_commits():
        assert _level() == before
