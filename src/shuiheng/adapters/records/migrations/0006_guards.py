"""What the database itself refuses: history that changes, steps out of order, issued reports that move."""

import django.db.models.deletion
from django.apps.registry import Apps as StateApps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

APPEND_ONLY = (
    "plandecision",
    "event",
    "progressstep",
    "judgement",
    "accountabilityentry",
    "seal",
    "sealedevent",
    "importchange",
    "letter",
)
STEPS = (
    "draft>filed",
    "filed>draft",
    "filed>returned",
    "filed>reviewed",
    "returned>filed",
    "reviewed>returned",
    "reviewed>accepted",
    "accepted>returned",
    "accepted>frozen",
    "frozen>returned",
)
OPEN = "('draft', 'returned')"
CONTENT = ("period_id", "task_id", "organisation_id", "done_text", "obstacles", "next_step", "is_complete")
CHANGED = " OR ".join(f"OLD.{name} <> NEW.{name}" for name in CONTENT)
STATE_OF = "(SELECT state FROM records_progress WHERE id = {row}.progress_id)"


def rules() -> list[tuple[str, str, str, str, str]]:
    """Return name, table, verb, condition and code of each refusal."""
    found = [
        (f"{table}_no_{verb.lower()}", table, verb, "", "append_only")
        for table in APPEND_ONLY
        for verb in ("UPDATE", "DELETE")
    ]
    steps = ", ".join(f"'{step}'" for step in STEPS)
    out_of_order = f"OLD.state <> NEW.state AND (OLD.state || '>' || NEW.state) NOT IN ({steps})"
    found += [
        ("progress_steps", "progress", "UPDATE", out_of_order, "step_out_of_order"),
        ("progress_content", "progress", "UPDATE", f"OLD.state NOT IN {OPEN} AND ({CHANGED})", "content_closed"),
        ("progress_delete", "progress", "DELETE", "OLD.state <> 'draft'", "content_closed"),
        ("report_issued_update", "reportrecord", "UPDATE", "OLD.state = 'issued'", "report_issued"),
        ("report_issued_delete", "reportrecord", "DELETE", "OLD.state = 'issued'", "report_issued"),
        ("evidence_delete", "evidence", "DELETE", "", "append_only"),
        ("evidence_file", "evidence", "UPDATE", "OLD.sha256 <> NEW.sha256 OR OLD.stored_name <> NEW.stored_name",
         "append_only"),
    ]
    for table in ("progressvalue", "evidence"):
        for verb, row in (("INSERT", "NEW"), ("UPDATE", "NEW"), ("DELETE", "OLD")):
            if table == "evidence" and verb != "INSERT":
                continue
            closed = f"{STATE_OF.format(row=row)} NOT IN {OPEN}"
            found.append((f"{table}_closed_{verb.lower()}", table, verb, closed, "content_closed"))
    return found


def add_triggers(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Write each refusal as a trigger; on SQLite, changed tables have lost theirs."""
    is_postgresql = schema_editor.connection.vendor == "postgresql"
    for name, table, verb, condition, code in rules():
        trigger, full = f"records_{name}", f"records_{table}"
        words = f"records.{code}: {full} refuses {verb}"
        on = f" ON {full}" if is_postgresql else ""
        schema_editor.execute(f"DROP TRIGGER IF EXISTS {trigger}{on}", params=None)
        if is_postgresql:
            body = f"RAISE EXCEPTION '{words}';"
            body = f"IF {condition} THEN {body} END IF;" if condition else body
            result = "OLD" if verb == "DELETE" else "NEW"
            schema_editor.execute(
                f"CREATE OR REPLACE FUNCTION {trigger}() RETURNS trigger LANGUAGE plpgsql AS "
                f"$$ BEGIN {body} RETURN {result}; END $$",
                params=None,
            )
            schema_editor.execute(
                f"CREATE TRIGGER {trigger} BEFORE {verb} ON {full} FOR EACH ROW EXECUTE FUNCTION {trigger}()",
                params=None,
            )
        else:
            when = f"WHEN {condition} " if condition else ""
            schema_editor.execute(
                f"CREATE TRIGGER {trigger} BEFORE {verb} ON {full} FOR EACH ROW {when}"
                f"BEGIN SELECT RAISE(ABORT, '{words}'); END",
                params=None,
            )


def drop_triggers(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Allow again what was refused."""
    is_postgresql = schema_editor.connection.vendor == "postgresql"
    for name, table, *_ in rules():
        on = f" ON records_{table}" if is_postgresql else ""
        schema_editor.execute(f"DROP TRIGGER IF EXISTS records_{name}{on}", params=None)
        if is_postgresql:
            schema_editor.execute(f"DROP FUNCTION IF EXISTS records_{name}()", params=None)


class Migration(migrations.Migration):
    dependencies = [("records", "0005_places_of_plans")]
    operations = [
        migrations.RemoveField(model_name="account", name="role"),
        migrations.AlterField(
            model_name="plandocument",
            name="place",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="plans", to="records.place"
            ),
        ),
        migrations.RunPython(add_triggers, drop_triggers),
    ]
