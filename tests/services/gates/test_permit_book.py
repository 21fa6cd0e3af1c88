"""How permits stand on a day, from the ledger, the meters and what came in."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from services.gates.made import BEGUN, a_permit
from services.ledger.used_city import add_entrance, settle
from shuiheng.adapters.records.models import Account, Permit
from shuiheng.adapters.records.queries_gates import PermitFilter, permit_facts
from shuiheng.services.errors import NotPermittedError, NotThereError, ServiceError
from shuiheng.services.gates.permit_book import (
    PermitNote,
    PermitState,
    note_permit,
    permit_states,
    terms_of,
    withdraw_note,
)
from shuiheng.services.ledger.keep_source import PermitFields, change_permit
from shuiheng.services.permission import Action
from shuiheng.services.scope import sight

pytestmark = pytest.mark.django_db


def _state(officer: Account, permit: Permit, on: date | None = None) -> PermitState:
    seen, day = sight(officer, Action.GATES_LOOK), on or timezone.localdate()
    [fact] = permit_facts(seen, PermitFilter(), day).filter(subject=permit)
    return permit_states(seen, [fact], day)[0]


def _codes(state: PermitState) -> set[str]:
    return {each.finding.code for each in state.standing.findings}


def test_a_term_begins_with_the_first_day_of_its_end(officer: Account) -> None:
    permit = a_permit(officer, ends=date(2030, 1, 1))
    more = PermitFields(expires_on=date(2030, 1, 1), volume_m3=Decimal(7))
    change_permit(officer, permit.pk, more, valid_from=date(2024, 6, 1), reason="核增水量")
    assert _state(officer, permit).line.begins_on == BEGUN
    longer = PermitFields(expires_on=date(2035, 1, 1), volume_m3=Decimal(7))
    change_permit(officer, permit.pk, longer, valid_from=date(2025, 6, 1), reason="延续")
    state = _state(officer, permit)
    assert state.line.begins_on == date(2025, 6, 1)
    assert "permits.term_long" not in _codes(state)


def test_a_renewal_asked_for_in_an_earlier_term_does_not_count(officer: Account) -> None:
    permit = a_permit(officer, ends=timezone.localdate() + timedelta(days=60))
    note_permit(officer, permit.pk, PermitNote(kind="renewal_asked", on=date(2021, 12, 1), note="旧申请"))
    assert _state(officer, permit).standing.status == "near"
    note_permit(officer, permit.pk, PermitNote(kind="renewal_asked", on=timezone.localdate(), note="新申请"))
    assert _state(officer, permit).standing.status == "asked"


def test_without_meters_nothing_is_said_of_idleness(officer: Account) -> None:
    state = _state(officer, a_permit(officer))
    assert state.life.idle is None
    assert not {"permits.idle", "permits.idle_doubtful"} & _codes(state)


@pytest.mark.parametrize(
    ("last_m3", "since", "codes"),
    [
        (1, None, set()),
        (0, date(2024, 1, 1), {"permits.idle"}),
        (None, date(2024, 1, 1), {"permits.idle_doubtful"}),
    ],
)
def test_only_who_took_nothing_in_the_last_month_is_read_back_to_its_last_use(
    officer: Account, last_m3: int | None, since: date | None, codes: set[str]
) -> None:
    """Nothing was taken since 2024, seen on the first day of 2026; then in December 2025 as told."""
    permit = a_permit(officer)
    meter = add_entrance(officer, permit.source.user, permit.source)
    settle(meter, 2023, dict.fromkeys(range(1, 13), 5))
    settle(meter, 2024, dict.fromkeys(range(1, 13), 0))
    settle(meter, 2025, {**dict.fromkeys(range(1, 12), 0), 12: last_m3})
    state = _state(officer, permit, date(2026, 1, 1))
    assert state.life.idle is not None and state.life.idle.since == since
    assert {"permits.idle", "permits.idle_doubtful"} & _codes(state) == codes


def test_a_report_that_came_in_is_no_longer_missed(officer: Account) -> None:
    permit, today = a_permit(officer), timezone.localdate()
    assert "permits.report_missing" in _codes(_state(officer, permit))
    note = PermitNote(kind="annual_report", on=today, note="年报", year=today.year - 1)
    row = note_permit(officer, permit.pk, note)
    assert "permits.report_missing" not in _codes(_state(officer, permit))
    withdraw_note(officer, row.pk, reason="录错")
    assert "permits.report_missing" in _codes(_state(officer, permit))
    with pytest.raises(NotThereError):
        withdraw_note(officer, row.pk, reason="录错")


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"kind": "gift"}, "kind"),
        ({"on": date(2999, 1, 1)}, "on"),
        ({"note": " "}, "note"),
        ({"year": 2025}, "year"),
        ({"kind": "annual_report"}, "year"),
        ({"kind": "annual_report", "year": 1999}, "year"),
    ],
)
def test_what_cannot_have_come_in_is_refused(
    officer: Account, changed: dict[str, object], field: str
) -> None:
    given: dict[str, object] = {"kind": "renewal_asked", "on": date(2025, 1, 1), "note": "申请书"}
    with pytest.raises(ServiceError) as caught:
        note_permit(officer, a_permit(officer).pk, PermitNote(**{**given, **changed}))  # type: ignore[arg-type]
    assert caught.value.values["field"] == field


def test_a_reader_writes_nothing_down(officer: Account, reader: Account) -> None:
    permit = a_permit(officer)
    with pytest.raises(NotPermittedError):
        note_permit(reader, permit.pk, PermitNote(kind="renewal_asked", on=date(2025, 1, 1), note="x"))


def test_the_terms_of_a_city_are_those_of_the_nation_without_its_own(officer: Account) -> None:
    city = a_permit(officer).source.user.city
    days = terms_of(city, date(2026, 1, 1)).renewal_days_before
    assert days is not None
    assert days.value == 45
