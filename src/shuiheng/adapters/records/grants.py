"""What the database role of the application may do on PostgreSQL: it adds to history, no more."""

from __future__ import annotations

import re

from django.apps import apps
from django.db import connection

from shuiheng.adapters.records.guard import PREFIX
from shuiheng.adapters.records.guards import APPEND_ONLY

_NAME = re.compile(r"[a-z_][a-z0-9_]{0,62}")


class BadRoleNameError(ValueError):
    """The name of a database role holds other signs than small letters, digits and underscores."""


def append_only_tables() -> tuple[str, ...]:
    """Return the tables whose rows are never changed and never deleted."""
    return tuple(PREFIX + name for name in APPEND_ONLY)


def grant_statements(role: str) -> list[str]:
    """Return the statements that give a role exactly what the site and its worker need.

    On tables of history the role may read and add. It owns nothing and changes no table.

    Raises:
        BadRoleNameError: The name cannot be written without quotes.
    """
    if not _NAME.fullmatch(role):
        raise BadRoleNameError(
            f"records.bad_role: {role!r} is no name of a role. Use small letters and digits."
        )
    kept = set(append_only_tables())
    names = sorted(
        name for model in apps.get_models(include_auto_created=True) if (name := model._meta.db_table)
    )
    statements = [f"GRANT USAGE ON SCHEMA public TO {role}"]
    statements.append(f"REVOKE ALL ON ALL TABLES IN SCHEMA public FROM {role}")
    for name in names:
        verbs = "SELECT, INSERT" if name in kept else "SELECT, INSERT, UPDATE, DELETE"
        statements.append(f"GRANT {verbs} ON {name} TO {role}")
    statements.append(f"GRANT SELECT ON django_migrations TO {role}")
    statements.append(f"GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO {role}")
    return statements


def grant_to(role: str) -> int:
    """Carry the statements out on the connected database; return how many.

    Raises:
        BadRoleNameError: The name cannot be written without quotes.
    """
    statements = grant_statements(role)
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
    return len(statements)
