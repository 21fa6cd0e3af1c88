"""The application's role on PostgreSQL can add to history and cannot change it."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, connection, transaction

from shuiheng.adapters.records.grants import (
    BadRoleNameError,
    append_only_tables,
    grant_statements,
    grant_to,
)
from shuiheng.adapters.records.models import Account

ROLE = "shuiheng_app_of_tests"


def test_tables_of_history_are_readable_and_grow_only() -> None:
    statements = grant_statements("app")
    for table in append_only_tables():
        assert f"GRANT SELECT, INSERT ON {table} TO app" in statements
    assert "GRANT SELECT, INSERT, UPDATE, DELETE ON records_progress TO app" in statements


@pytest.mark.parametrize("name", ["a b", "x;drop table y", "", "ÄÖ", "A"])
def test_a_name_that_needs_quotes_is_refused(name: str) -> None:
    with pytest.raises(BadRoleNameError):
        grant_statements(name)


@pytest.mark.django_db
def test_the_role_reads_and_adds_and_is_refused_the_rest() -> None:
    if connection.vendor != "postgresql":
        assert connection.vendor == "sqlite"  # SQLite knows no roles; there the triggers hold alone
        return
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE ROLE {ROLE}")
        try:
            assert grant_to(ROLE) > len(append_only_tables())
            Account.objects.create(username="li")
            cursor.execute(f"SET ROLE {ROLE}")
            cursor.execute("UPDATE records_account SET display_name = 'x'")
            for verb in ("UPDATE {} SET id = id", "DELETE FROM {}", "TRUNCATE {}", "DROP TABLE {}"):
                for table in append_only_tables():
                    with pytest.raises(DatabaseError), transaction.atomic():
                        cursor.execute(verb.format(table))
        finally:
            cursor.execute("RESET ROLE")
            cursor.execute(f"DROP OWNED BY {ROLE}")
            cursor.execute(f"DROP ROLE {ROLE}")
