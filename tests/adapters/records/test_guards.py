"""Every refusal of the list stands in the database and refuses."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.apps import apps
from django.db import connection
from django.db.models import F, QuerySet

from access.rows import MOMENT, Rows
from access.world import OFFICE, make_city
from office import _own_state  # noqa: F401  used by name
from shuiheng.adapters.records.guards import (
    APPEND_ONLY,
    DATED,
    Guard,
    after_migrations,
    before_migrations,
    guards,
    held,
    lift_guards,
    renew_guards,
    wanted,
)
from shuiheng.adapters.records.models import (
    CaseEvidence,
    ContactFact,
    Evidence,
    Figure,
    LocalKind,
    Membership,
    ProgrammeCase,
    Progress,
    ProgressValue,
    RegisterTarget,
    ReportRecord,
    Role,
    Statistic,
    UserFact,
)
from shuiheng.adapters.records.settled_turns import turn_keepers
from shuiheng.adapters.records.use_marks import markers

from .models.refusals import refused

ATTEMPTS: dict[str, Callable[[Rows], object]] = {
    "progress_steps": lambda rows: _mine(rows, Progress).update(state="frozen"),
    "progress_content": lambda rows: _mine(rows, Progress).update(done_text="另写"),
    "progress_delete": lambda rows: _mine(rows, Progress)._raw_delete("default"),
    "progressvalue_closed_insert": lambda rows: rows.make(ProgressValue, target=rows.make(RegisterTarget)),
    "progressvalue_closed_update": lambda rows: _mine(rows, ProgressValue).update(value=9),
    "progressvalue_closed_delete": lambda rows: _mine(rows, ProgressValue)._raw_delete("default"),
    "evidence_closed_insert": lambda rows: rows.make(Evidence),
    "evidence_delete": lambda rows: _mine(rows, Evidence)._raw_delete("default"),
    "evidence_file": lambda rows: _mine(rows, Evidence).update(sha256="0" * 64),
    "report_issued_update": lambda rows: _issued(rows).update(title="另改"),
    "report_issued_delete": lambda rows: _issued(rows)._raw_delete("default"),
    "membership_mixed_insert": lambda rows: rows.make(Membership, role=Role.SYSTEM_ADMINISTRATOR),
    "membership_mixed_update": lambda rows: _second_membership(rows).update(role=Role.AUDIT_ADMINISTRATOR),
    "case_phases": lambda rows: _mine(rows, ProgrammeCase).update(phase="revoked"),
    "case_no_delete": lambda rows: _mine(rows, ProgrammeCase)._raw_delete("default"),
    "caseevidence_file": lambda rows: _mine(rows, CaseEvidence).update(sha256="0" * 64),
    "caseevidence_no_delete": lambda rows: _mine(rows, CaseEvidence)._raw_delete("default"),
    "figure_stands": lambda rows: _mine(rows, Figure).update(value=F("value")),
    "figure_no_delete": lambda rows: _mine(rows, Figure)._raw_delete("default"),
    "statistic_value": lambda rows: _mine(rows, Statistic).update(year=1999),
    "statistic_no_delete": lambda rows: _mine(rows, Statistic)._raw_delete("default"),
    "localkind_stands": lambda rows: _mine(rows, LocalKind).update(text="另写"),
    "localkind_no_delete": lambda rows: _mine(rows, LocalKind)._raw_delete("default"),
}


def _mine(rows: Rows, table: type[Any]) -> QuerySet[Any]:
    return table._default_manager.filter(pk=rows.row(table).pk)


def _issued(rows: Rows) -> QuerySet[Any]:
    reports = _mine(rows, ReportRecord)
    reports.exclude(state="issued").update(state="issued")
    return reports


def _second_membership(rows: Rows) -> QuerySet[Any]:
    rows.row(Membership)
    second = rows.make(Membership, role=Role.READER, from_on=date(2026, 2, 1))
    return Membership.objects.filter(pk=second.pk)


def _attempt(guard: Guard) -> Callable[[Rows], object]:
    """Return what this refusal must refuse."""
    if guard.name in ATTEMPTS:
        return ATTEMPTS[guard.name]
    table = apps.get_model("records", guard.table)
    if guard.verb == "DELETE":
        return lambda rows: _mine(rows, table)._raw_delete("default")
    name = next(field.name for field in table._meta.concrete_fields if not field.primary_key)
    return lambda rows: _mine(rows, table).update(**{name: F(name)})


@pytest.fixture
def rows(db: None, request: pytest.FixtureRequest) -> Rows:
    """The rows of the unit, or of the office where the table belongs to the office."""
    unit = OFFICE if request.getfixturevalue("guard").table in ("reportrecord", "letter") else "d"
    return make_city("a", "青禾市", units="d").units[unit]


@pytest.mark.parametrize("guard", guards(), ids=lambda guard: guard.name)
def test_every_refusal_of_the_list_refuses(guard: Guard, rows: Rows) -> None:
    refused(
        f"records.{guard.code}: records_{guard.table} refuses {guard.verb}", lambda: _attempt(guard)(rows)
    )


def test_names_of_refusals_are_unique_and_no_attempt_is_left_over() -> None:
    names = {guard.name for guard in guards()}
    assert len(names) == len(guards())
    history = {f"{table}_no_{verb}" for table in APPEND_ONLY for verb in ("update", "delete")}
    dated = {f"{table}_{what}" for table in DATED for what in ("stands", "no_delete")}
    assert names == history | dated | set(ATTEMPTS)


def test_a_belief_of_the_ledger_ends_once_and_never_again(db: None) -> None:
    belief = _mine(make_city("a", "青禾市", units="d").units["d"], UserFact)
    belief.update(superseded_at=MOMENT)
    refused("append_only", lambda: belief.update(superseded_at=MOMENT))
    refused("append_only", lambda: belief.update(superseded_at=None))


def test_the_end_of_a_belief_cannot_carry_another_change(db: None) -> None:
    belief = _mine(make_city("a", "青禾市", units="d").units["d"], UserFact)
    refused("append_only", lambda: belief.update(superseded_at=MOMENT, name="另写"))


def test_whom_a_replaced_belief_names_is_erased_as_a_whole_and_nothing_else_changes(db: None) -> None:
    contact = _mine(make_city("a", "青禾市", units="d").units["d"], ContactFact)
    blank = {"name": "", "phone": "", "email": ""}
    refused("append_only", lambda: contact.update(**blank))  # it stands
    contact.update(superseded_at=MOMENT)
    refused("append_only", lambda: contact.update(**blank | {"name": "另写"}))
    refused("append_only", lambda: contact.update(name=""))  # the address would stay
    refused("append_only", lambda: contact.update(**blank, duty="filer2"))
    refused("append_only", lambda: contact.update(**blank, superseded_at=None))
    contact.update(**blank)
    assert contact.filter(**blank, superseded_at=MOMENT).exists()


def test_beliefs_are_guarded_over_the_columns_that_their_table_has(db: None) -> None:
    """As in a state between two migrations: one column is not there, another is unknown to the models."""
    belief = make_city("a", "青禾市", units="d").units["d"].row(UserFact).pk
    lift_guards(connection)
    connection.check_constraints()  # PostgreSQL alters no table while checks of its rows are pending
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE records_userfact DROP COLUMN is_open")
        cursor.execute("ALTER TABLE records_userfact ADD COLUMN older varchar(5) DEFAULT 'x'")
    assert renew_guards(connection)

    def change(sql: str, *values: object) -> None:
        with connection.cursor() as cursor:
            cursor.execute(sql, [*values, belief])

    end = "UPDATE records_userfact SET superseded_at = %s WHERE id = %s"
    both = "UPDATE records_userfact SET older = 'y', superseded_at = %s WHERE id = %s"
    refused("append_only", lambda: change(both, MOMENT.isoformat()))
    change(end, MOMENT.isoformat())
    refused("append_only", lambda: change(end, None))


def test_after_the_last_migration_the_database_holds_the_list_and_nothing_else(db: None) -> None:
    assert held(connection) == wanted(connection)
    assert set(held(connection)) == {each.trigger for each in (*guards(), *markers(), *turn_keepers())}


def test_what_was_lifted_is_renewed_and_what_stands_is_left_alone(db: None) -> None:
    lift_guards(connection)
    assert held(connection) == {}
    assert renew_guards(connection)
    assert not renew_guards(connection)
    assert held(connection) == wanted(connection)


def test_a_refusal_that_was_altered_is_made_again(db: None) -> None:
    guard = next(guard for guard in guards() if guard.name == "event_no_update")
    on = " ON records_event" if connection.vendor == "postgresql" else ""
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TRIGGER {guard.trigger}{on}")
    assert guard.trigger not in held(connection)
    after_migrations(using="default")
    assert held(connection) == wanted(connection)


def test_without_a_plan_of_migrations_nothing_is_lifted(db: None) -> None:
    before_migrations(using="default", plan=[])
    assert held(connection) == wanted(connection)
