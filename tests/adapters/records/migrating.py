"""One step of a test of migrations, run as a program of its own on the database of the environment.

The step is named in the command: `fill`, `read`, `settled`, `guards`, `use` or `alter`.
It prints what it found as JSON.
"""

from __future__ import annotations

import json
import sys
from datetime import UTC, date, datetime
from typing import Any

import django

LONG_SLUG = "p" * 40
MOMENT = datetime(2026, 1, 1, 4, 0, tzinfo=UTC)


def old_tables() -> Any:
    """Return the tables as they were at 0003."""
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    loader = MigrationExecutor(connection).loader
    return loader.project_state(("records", "0003_carried_decisions")).apps


def fill() -> None:
    """Write an installation of the time of 0003: two plans with a city, one without, and what was decided."""
    tables = old_tables()

    def make(table: str, /, **values: Any) -> Any:
        return tables.get_model("records", table).objects.create(**values)

    officer = make("Account", username="li", role="officer", display_name="李工", is_superuser=True)
    make("Account", username="wang", role="reader", is_staff=True)
    make("FailedLogin", mark="m", count=2, last_at=MOMENT)
    for slug, place in ((LONG_SLUG, "青禾市"), ("second", "青禾市"), ("third", "")):
        plan = make("PlanDocument", slug=slug, title="节" * 90, jurisdiction=place, created_by=officer)
        version = make(
            "PlanVersion",
            plan=plan,
            sequence=1,
            stored_name=slug,
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
        make("Job", version=version, state="done")
        said = make("PlanDecision", version=version, content={"a": 1}, decided_at=MOMENT, decided_by=officer)
        make("PlanDecision", version=version, takes_back=said, decided_at=MOMENT, decided_by=officer)
        make("PlanFinding", version=version, place=1, code="plans.x", severity="warn", subject="s")
        row = {"version": version, "place": 1, "span_start": 0, "span_end": 9, "confidence": 0.5}
        task = make("PublishedTask", item="t", text="修水表", rule="verb", due=date(2027, 1, 1), **row)
        make("TaskUnit", task=task, place=1, name="水务局", label="水务局", role="lead")
        make(
            "PublishedTarget",
            item="g",
            task=task,
            quote="不高于9%",
            metric="漏损率",
            kind="rate",
            op="<=",
            value="0.09",
            **row,
        )
        make(
            "PublishedDuty",
            item="d",
            task=task,
            quote="每季度报送",
            what="报送",
            frequency="quarterly",
            **row,
        )
        reach = {"applies_to": "用水户", "quantity": "年用水量", "op": ">=", "value": 5, "effect": "计划用水"}
        make("PublishedThreshold", item="h", task=task, quote="年用水5万立方米以上", **reach, **row)
        make("Event", action="plan.published", subject=f"version:{version.pk}", actor=officer)


def read() -> dict[str, list[dict[str, Any]]]:
    """Return every row of the columns of 0003 that stand, in words, and what came with later migrations."""
    from django.db import connection

    found: dict[str, list[dict[str, Any]]] = {}
    with connection.cursor() as cursor:
        for model in old_tables().get_app_config("records").get_models():
            table = model._meta.db_table
            there = {c.name for c in connection.introspection.get_table_description(cursor, table)}
            there_too = sorted(f.attname for f in model._meta.concrete_fields if f.column in there)
            rows = model._default_manager.order_by("pk").values(*there_too)
            found[table] = [{name: str(value) for name, value in row.items()} for row in rows]
    return found


def standing() -> dict[str, Any]:
    """Return how many refusals stand, and whether they are those of the list."""
    from django.db import connection

    from shuiheng.adapters.records.guards import held, wanted

    return {"count": len(held(connection)), "as_listed": held(connection) == wanted(connection)}


def settled() -> list[list[str]]:
    """Return the city of every plan and the roles of every account."""
    from shuiheng.adapters.records.models import Membership, PlanDocument

    places = [[plan.slug, plan.place.name] for plan in PlanDocument.objects.all()]
    roles = [[m.account.username, m.organisation.place.name, m.role] for m in Membership.objects.all()]
    return sorted(places) + sorted(roles)


def use() -> None:
    """Record what only the tables of today can hold."""
    from shuiheng.adapters.records.models import NumberSeries, Place

    NumberSeries.objects.create(mark="青水函", year=2026, place=Place.objects.order_by("pk")[0])


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
    steps = {"fill": fill, "read": read, "guards": standing, "settled": settled, "use": use, "alter": alter}
    print(json.dumps(steps[sys.argv[1]](), ensure_ascii=False))
