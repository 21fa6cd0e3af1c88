"""One step of a test of migrations, run as a program of its own on the database of the environment.

The step is named in the command: `fill`, `former`, `read`, `recorded`, `guards` or `alter`.
It prints what it found as JSON.
"""

from __future__ import annotations

import json
import sys
from datetime import UTC, date, datetime
from typing import Any

import django

FIRST = "0001_tables"
MOMENT = datetime(2026, 1, 1, 4, 0, tzinfo=UTC)


def first_tables() -> Any:
    """Return the tables as the first migration makes them."""
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    loader = MigrationExecutor(connection).loader
    return loader.project_state(("records", FIRST)).apps


def fill() -> None:
    """Write a small installation of the time of the first migration."""
    tables = first_tables()

    def make(table: str, /, **values: Any) -> Any:
        return tables.get_model("records", table).objects.create(**values)

    city = make("Place", slug="qinghe", name="青禾市", kind="city")
    officer = make("Account", username="li", display_name="李工")
    plan = make("PlanDocument", slug="p" * 40, title="节" * 90, place=city, created_by=officer)
    version = make(
        "PlanVersion",
        plan=plan,
        sequence=1,
        stored_name="p",
        sha256="0" * 64,
        original_name="方案.docx",
        byte_count=9,
        uploaded_by=officer,
        state="published",
        published_by=officer,
        published_at=MOMENT,
        source_json={"blocks": ["一"]},
        findings_as_of=date(2026, 1, 1),
    )
    make("PlanDecision", version=version, content={"a": 1}, decided_at=MOMENT, decided_by=officer)
    make("Event", at=MOMENT, action="plan.published", subject=f"version:{version.pk}", actor=officer)


def former() -> list[str]:
    """Record the migrations that stood before the first one instead of it; return their names."""
    from django.db import connection
    from django.db.migrations.loader import MigrationLoader
    from django.db.migrations.recorder import MigrationRecorder

    recorder = MigrationRecorder(connection)
    names = MigrationLoader(connection).disk_migrations["records", FIRST].replaces
    recorder.record_unapplied("records", FIRST)
    for label, name in names:
        recorder.record_applied(label, name)
    return [name for _label, name in names]


def recorded() -> list[str]:
    """Return the names of the migrations that ran, without the former ones."""
    from django.db import connection
    from django.db.migrations.loader import MigrationLoader
    from django.db.migrations.recorder import MigrationRecorder

    ran = {name for label, name in MigrationRecorder(connection).applied_migrations() if label == "records"}
    replaced = MigrationLoader(None).disk_migrations["records", FIRST].replaces
    return sorted(ran - {name for _label, name in replaced})


def read() -> dict[str, list[dict[str, Any]]]:
    """Return every row of the columns of the first tables that stand, in words."""
    from django.db import connection

    found: dict[str, list[dict[str, Any]]] = {}
    with connection.cursor() as cursor:
        for model in first_tables().get_app_config("records").get_models():
            table = model._meta.db_table
            there = {c.name for c in connection.introspection.get_table_description(cursor, table)}
            there_too = sorted(f.attname for f in model._meta.concrete_fields if f.column in there)
            rows = model._default_manager.order_by("pk").values(*there_too)
            if rows:
                found[table] = [{name: str(value) for name, value in row.items()} for row in rows]
    return found


def standing() -> dict[str, Any]:
    """Return how many refusals stand, and whether they are those of the list."""
    from django.db import connection

    from shuiheng.adapters.records.guards import held, wanted

    return {"count": len(held(connection)), "as_listed": held(connection) == wanted(connection)}


def alter() -> None:
    """Add a column to every guarded table between the two signals of `migrate`."""
    from django.apps import apps
    from django.db import connection, models

    from shuiheng.adapters.records.guards import after_migrations, before_migrations, guards

    before_migrations(using="default", plan=["a migration"])
    for name in sorted({guard.table for guard in guards()}):
        model = apps.get_model("records", name)
        extra = models.CharField(max_length=5, default="x")
        extra.set_attributes_from_name("added_later")
        extra.model = model
        with connection.schema_editor() as editor:
            editor.add_field(model, extra)
    after_migrations(using="default")


if __name__ == "__main__":
    django.setup()
    steps = {
        "fill": fill,
        "former": former,
        "read": read,
        "recorded": recorded,
        "guards": standing,
        "alter": alter,
    }
    print(json.dumps(steps[sys.argv[1]](), ensure_ascii=False))
