"""What the database itself refuses, in one list: history that changes, steps out of order, closed content.

Both databases hold the refusals as triggers, so that bulk calls, commands and other programs
meet them too; beside them stand the triggers of `use_marks` and `settled_turns`. The list is carried
into the database after every `migrate`, whichever migrations ran, and lifted before one on SQLite. SQLite
makes a table anew to change a column: the table loses its triggers, and triggers of other tables that
name it stop the change.
"""

from __future__ import annotations

from functools import cache
from typing import Any

from django.db import connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

from shuiheng.adapters.records.guard import PREFIX, Guard
from shuiheng.adapters.records.settled_turns import TURNS, TurnKeeper, turn_keepers
from shuiheng.adapters.records.use_marks import MARKS, Marker, markers

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
    "caseevent",
)
DATED = (
    "userfact",
    "sitefact",
    "sourcefact",
    "permitfact",
    "meterfact",
    "activityfact",
    "contactfact",
    "useprofile",
    "meterevent",
)
ERASED = {"userfact": ("legal_person",), "contactfact": ("name", "phone", "email")}
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
CASE_PHASES = (
    "planned>under_way",
    "planned>reached",
    "planned>refused",
    "planned>withdrawn",
    "under_way>reached",
    "under_way>refused",
    "under_way>withdrawn",
    "reached>revoked",
    "reached>withdrawn",
)
ADMINISTRATORS = ("system_administrator", "security_administrator", "audit_administrator")
_OPEN = "('draft', 'returned')"
_CONTENT = ("period_id", "task_id", "organisation_id", "done_text", "obstacles", "next_step", "is_complete")


def _history() -> list[Guard]:
    return [
        Guard(name=f"{table}_no_{verb.lower()}", table=table, verb=verb, code="append_only")
        for table in APPEND_ONLY
        for verb in ("UPDATE", "DELETE")
    ]


def _progress() -> list[Guard]:
    steps = ", ".join(f"'{step}'" for step in STEPS)
    unlisted = f"OLD.state <> NEW.state AND (OLD.state || '>' || NEW.state) NOT IN ({steps})"
    changed = " OR ".join(f"OLD.{name} <> NEW.{name}" for name in _CONTENT)
    closed = f"OLD.state NOT IN {_OPEN} AND ({changed})"
    return [
        Guard(
            name="progress_steps",
            table="progress",
            verb="UPDATE",
            code="step_out_of_order",
            condition=unlisted,
        ),
        Guard(
            name="progress_content",
            table="progress",
            verb="UPDATE",
            code="content_closed",
            condition=closed,
        ),
        Guard(
            name="progress_delete",
            table="progress",
            verb="DELETE",
            code="content_closed",
            condition="OLD.state <> 'draft'",
        ),
        _closed("progressvalue", "INSERT"),
        _closed("progressvalue", "UPDATE"),
        _closed("progressvalue", "DELETE"),
        _closed("evidence", "INSERT"),
        Guard(name="evidence_delete", table="evidence", verb="DELETE", code="append_only"),
        Guard(
            name="evidence_file",
            table="evidence",
            verb="UPDATE",
            code="append_only",
            condition="OLD.sha256 <> NEW.sha256 OR OLD.stored_name <> NEW.stored_name",
        ),
    ]


def _closed(table: str, verb: str) -> Guard:
    """Return the refusal to touch what belongs to a report that is not open."""
    row = "OLD" if verb == "DELETE" else "NEW"
    report = f"id = {row}.progress_id"
    return Guard(
        name=f"{table}_closed_{verb.lower()}",
        table=table,
        verb=verb,
        code="content_closed",
        condition=" ".join(("(SELECT state FROM records_progress WHERE", report, ") NOT IN", _OPEN)),
    )


def _reports() -> list[Guard]:
    return [
        Guard(
            name=f"report_issued_{verb.lower()}",
            table="reportrecord",
            verb=verb,
            code="report_issued",
            condition="OLD.state = 'issued'",
        )
        for verb in ("UPDATE", "DELETE")
    ]


def _memberships() -> list[Guard]:
    """Return the refusal of an administrator's role beside any other at the same time."""
    roles = ", ".join(f"'{role}'" for role in ADMINISTRATORS)
    found = []
    for verb, other in (("INSERT", ""), ("UPDATE", "AND other.id <> OLD.id")):
        parts = (
            "EXISTS (SELECT 1 FROM records_membership other WHERE other.account_id = NEW.account_id",
            other,
            f"AND other.role <> NEW.role AND (other.role IN ({roles}) OR NEW.role IN ({roles}))",
            "AND (other.to_on IS NULL OR other.to_on > NEW.from_on)",
            "AND (NEW.to_on IS NULL OR NEW.to_on > other.from_on))",
        )
        name = f"membership_mixed_{verb.lower()}"
        mixed = " ".join(part for part in parts if part)
        found.append(Guard(name=name, table="membership", verb=verb, code="mixed_roles", condition=mixed))
    return found


def _ledger() -> list[Guard]:
    """Return the refusals on beliefs of the ledger: only the instant of their end is ever set, once.

    What they say of people may be erased, as a whole and to nothing, when it was replaced: as a belief
    that stands no longer, or as one of days that are over. For how long it is kept first says the rulebook.
    Their columns are asked of the database, not of the models: a state between two migrations,
    or one gone back to, has other columns than the models of today.
    """
    found = []
    for table in DATED:
        found += [
            Guard(
                name=f"{table}_stands",
                table=table,
                verb="UPDATE",
                code="append_only",
                condition="OLD.superseded_at IS NOT NULL OR NEW.superseded_at IS NULL",
                spared="superseded_at",
                erased=ERASED.get(table, ()),
                over_when="OLD.superseded_at IS NOT NULL OR OLD.valid_to IS NOT NULL",
            ),
            Guard(name=f"{table}_no_delete", table=table, verb="DELETE", code="append_only"),
        ]
    return found


def _cases() -> list[Guard]:
    """Return the refusals on cases: what ended does not go on, and evidence stays what it was."""
    phases = ", ".join(f"'{step}'" for step in CASE_PHASES)
    unlisted = f"OLD.phase <> NEW.phase AND (OLD.phase || '>' || NEW.phase) NOT IN ({phases})"
    changed = ("sha256", "stored_name", "step", "kind", "key", "submitted_by_id")
    other = " OR ".join(f"OLD.{name} <> NEW.{name}" for name in changed)
    again = "OLD.is_accepted IS NOT NULL AND NEW.is_accepted IS DISTINCT FROM OLD.is_accepted"
    return [
        Guard(
            name="case_phases",
            table="programmecase",
            verb="UPDATE",
            code="step_out_of_order",
            condition=unlisted,
        ),
        Guard(name="case_no_delete", table="programmecase", verb="DELETE", code="append_only"),
        Guard(
            name="caseevidence_file",
            table="caseevidence",
            verb="UPDATE",
            code="append_only",
            condition=f"{other} OR ({again})",
        ),
        Guard(name="caseevidence_no_delete", table="caseevidence", verb="DELETE", code="append_only"),
    ]


def _local_kinds() -> list[Guard]:
    """Return the refusals on kinds that a city wrote: cases are read by the text of their opening."""
    kept = ("place_id", "kind", "version", "based_on", "valid_from", "text", "proposed_by_id")
    changed = " OR ".join(f"OLD.{name} <> NEW.{name}" for name in kept)
    table, code = "localkind", "append_only"
    return [
        Guard(name="localkind_stands", table=table, verb="UPDATE", code=code, condition=changed),
        Guard(name="localkind_no_delete", table=table, verb="DELETE", code=code),
    ]


def _figures() -> list[Guard]:
    """Return the refusals on figures that were signed off: only that they were superseded is ever written."""
    return [
        Guard(
            name="figure_stands",
            table="figure",
            verb="UPDATE",
            code="append_only",
            condition="OLD.superseded_at IS NOT NULL OR NEW.superseded_at IS NULL",
            spared="superseded_at",
        ),
        Guard(name="figure_no_delete", table="figure", verb="DELETE", code="append_only"),
        Guard(
            name="statistic_value",
            table="statistic",
            verb="UPDATE",
            code="append_only",
            condition="OLD.value <> NEW.value OR OLD.fact <> NEW.fact OR OLD.year <> NEW.year",
        ),
        Guard(name="statistic_no_delete", table="statistic", verb="DELETE", code="append_only"),
    ]


@cache
def guards() -> tuple[Guard, ...]:
    """Return every refusal."""
    return (
        *_history(),
        *_progress(),
        *_reports(),
        *_memberships(),
        *_ledger(),
        *_cases(),
        *_figures(),
        *_local_kinds(),
    )


def held(connection: BaseDatabaseWrapper) -> dict[str, str]:
    """Return the definition of every trigger of ours that stands in the database, by name."""
    query = (
        "SELECT tgname, prosrc FROM pg_trigger JOIN pg_proc ON pg_proc.oid = tgfoid "
        "JOIN pg_class ON pg_class.oid = tgrelid WHERE NOT tgisinternal AND tgenabled = 'O' "
        "AND relnamespace = current_schema()::regnamespace AND starts_with(tgname, %s)"
        if connection.vendor == "postgresql"
        else "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND instr(name, %s) = 1"
    )
    with connection.cursor() as cursor:
        cursor.execute(query, [PREFIX])
        return {str(name): str(definition) for name, definition in cursor.fetchall()}


def due_guards(connection: BaseDatabaseWrapper) -> list[Guard | Marker | TurnKeeper]:
    """Return what should stand: of the tables that stand, over the columns that they have."""
    with connection.cursor() as cursor:
        tables = set(connection.introspection.table_names(cursor))
        found: list[Guard | Marker | TurnKeeper] = list(markers()) if MARKS in tables else []
        found += turn_keepers() if TURNS in tables else ()
        for guard in guards():
            table = f"{PREFIX}{guard.table}"
            if table not in tables:
                continue
            if guard.spared:
                described = connection.introspection.get_table_description(cursor, table)
                found.append(guard.over(column.name for column in described))
            else:
                found.append(guard)
    return found


def wanted(connection: BaseDatabaseWrapper) -> dict[str, str]:
    """Return the definitions that should stand."""
    return {guard.trigger: guard.definition(vendor=connection.vendor) for guard in due_guards(connection)}


def renew_guards(connection: BaseDatabaseWrapper) -> bool:
    """Make the database hold the list and no other trigger of ours; return whether something was missing."""
    due = due_guards(connection)
    if held(connection) == {guard.trigger: guard.definition(vendor=connection.vendor) for guard in due}:
        return False
    with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
        _drop(connection)
        for guard in due:
            for statement in guard.statements(vendor=connection.vendor):
                cursor.execute(statement, None)
    return True


def lift_guards(connection: BaseDatabaseWrapper) -> None:
    """Take all refusals away, until `renew_guards`."""
    with transaction.atomic(using=connection.alias):
        _drop(connection)


def _drop(connection: BaseDatabaseWrapper) -> None:
    with connection.cursor() as cursor:
        if connection.vendor != "postgresql":
            for name in held(connection):
                cursor.execute(f"DROP TRIGGER {name}")
            return
        cursor.execute(
            "SELECT proname FROM pg_proc WHERE pronamespace = current_schema()::regnamespace "
            "AND prorettype = 'trigger'::regtype AND starts_with(proname, %s)",
            [PREFIX],
        )
        for (name,) in cursor.fetchall():
            cursor.execute(f"DROP FUNCTION {name}() CASCADE")  # its triggers go with it


def before_migrations(*, using: str, plan: list[Any], **_named: object) -> None:
    """Lift the refusals where tables are made anew; there is something to do only when there is a plan."""
    if plan and connections[using].vendor == "sqlite":
        lift_guards(connections[using])


def after_migrations(*, using: str, **_named: object) -> None:
    """Carry the list into the database, also when no migration ran: a run before may have broken off."""
    renew_guards(connections[using])
