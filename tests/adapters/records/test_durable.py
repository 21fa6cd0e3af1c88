"""Commits are synced inside the block and as before behind it; PostgreSQL is left as it is set up."""

from __future__ import annotations

import pytest
from django.db import connection, transaction

from shuiheng.adapters.records.durable import durable_commits

SYNCED = "2"


def _level() -> str:
    asked = "PRAGMA synchronous" if connection.vendor == "sqlite" else "SHOW synchronous_commit"
    with connection.cursor() as cursor:
        cursor.execute(asked)
        return str(cursor.fetchone()[0])


@pytest.mark.django_db(transaction=True)
def test_commits_are_synced_in_the_block_and_as_before_behind_it() -> None:
    normal = _level()
    with durable_commits(), transaction.atomic():
        assert _level() == (SYNCED if connection.vendor == "sqlite" else normal)
    assert _level() == normal
    with pytest.raises(KeyError), durable_commits():
        raise KeyError
    assert _level() == normal


@pytest.mark.django_db
def test_inside_a_transaction_nothing_is_changed() -> None:
    before = _level()
    with durable_commits():
        assert _level() == before
