"""A reversal takes back the whole amount and keeps the steps of what it reverses."""

from __future__ import annotations

import pytest

from services.charges.made_up import Callbacks, City, book, ladder, use_book
from shuiheng.adapters.records.models import ChargeEntryKind, PlannedAllowance
from shuiheng.kernel.derivation_json import read_derivation
from shuiheng.services.charges.keep_entries import AskedBack, ask_back, release

pytestmark = pytest.mark.django_db


def test_a_reversal_has_all_steps_and_one_more(
    city: City, django_capture_on_commit_callbacks: Callbacks
) -> None:
    city.user("甲", litres={3: 120_000})
    charge = city.issued(django_capture_on_commit_callbacks)
    entry = ask_back(city.clerk, charge.pk, AskedBack(kind=ChargeEntryKind.REVERSAL, reason="户名有误"))
    release(city.reviewer, entry.pk)
    (reversal,) = charge.reversed_by.all()
    before, after = read_derivation(charge.derivation), read_derivation(reversal.derivation)
    assert after.steps[:-1] == before.steps
    assert (after.value, after.steps[-1].name) == (-before.value, "reversal")
    assert after.steps[-1].terms[0].origin == f"charge:{charge.pk}"
    assert charge.number in reversal.number
    assert reversal.note == "户名有误"


def test_months_that_only_the_reversed_charge_held_go_again(
    city: City, django_capture_on_commit_callbacks: Callbacks, monkeypatch: pytest.MonkeyPatch
) -> None:
    use_book(monkeypatch, book(over_plan_ladder=ladder("year_to_date")))
    user = city.user("甲", litres={1: 120_000, 2: 120_000})
    first = city.issued(django_capture_on_commit_callbacks, month=1)
    later = city.issued(django_capture_on_commit_callbacks, month=2)
    for charge, held in ((first, {1: later, 2: later}), (later, {})):
        entry = ask_back(city.clerk, charge.pk, AskedBack(kind=ChargeEntryKind.REVERSAL, reason="户名有误"))
        release(city.reviewer, entry.pk)
        frozen = PlannedAllowance.objects.get(user=user).frozen
        by_month = {each["month"]: each["why"] for each in frozen}
        assert by_month == {month: f"charge_run:{other.run_id}" for month, other in held.items()}
