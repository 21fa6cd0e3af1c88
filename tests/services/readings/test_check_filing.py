"""A register is looked at with everything that is known of its meter, and nothing is saved."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from filing import Callbacks, Filer, make_filer, with_history
from shuiheng.adapters.records.models import Account, Event, MeterFiling
from shuiheng.services.errors import NotThereError, ServiceError
from shuiheng.services.ledger.keep_meter import MeterFields, change_meter
from shuiheng.services.readings.check_filing import check_filing
from shuiheng.services.readings.file_month import file_month

pytestmark = pytest.mark.django_db


@pytest.fixture
def filer(officer: Account, django_capture_on_commit_callbacks: Callbacks) -> Filer:
    made = make_filer(officer)
    with_history(officer, made, django_capture_on_commit_callbacks)
    return made


def test_a_look_tells_use_and_doubts_and_writes_nothing(filer: Filer) -> None:
    events = Event.objects.count()
    good = check_filing(filer.account, filer.month.month, filer.typed("20050"))
    assert good.use is not None and good.use.litres == 1_050_000 and not good.doubts
    wrong = check_filing(filer.account, filer.month.month, filer.typed("18000"))
    assert [each.code for each in wrong.doubts] == ["filing.register_fell"] and not wrong.is_final
    assert check_filing(filer.account, filer.month.month, filer.typed("x")).is_final
    assert Event.objects.count() == events and not MeterFiling.objects.exists()


def test_a_filing_on_its_way_is_not_held_against_its_own_correction(filer: Filer) -> None:
    file_month(filer.account, filer.month.month, [filer.typed("20500")])  # its batch waits for the worker
    again = check_filing(filer.account, filer.month.month, filer.typed("20050"))
    assert again.use is not None and again.use.litres == 1_050_000 and not again.doubts


def test_a_filing_on_its_way_is_not_held_against_its_correction_on_another_day(filer: Filer) -> None:
    before = replace(filer.typed("20500"), day=filer.day - timedelta(days=1))
    file_month(filer.account, filer.month.month, [before])
    again = check_filing(filer.account, filer.month.month, filer.typed("20050"))
    assert again.use is not None and again.use.litres == 1_050_000 and not again.doubts


def test_a_telemetered_meter_without_readings_has_nothing_to_compare(filer: Filer) -> None:
    judged = check_filing(filer.account, filer.month.month, filer.typed("5", meter=filer.telemetered))
    assert judged.is_compared and judged.compared_litres is None and not judged.doubts


def test_meters_out_of_use_of_others_and_closed_months_are_not_there(officer: Account, filer: Filer) -> None:
    other = make_filer(officer, "青禾食品厂")
    with pytest.raises(NotThereError):
        check_filing(other.account, filer.month.month, filer.typed("20050"))
    with pytest.raises(ServiceError, match="closed"):
        check_filing(filer.account, filer.month.month.replace(year=2020), filer.typed("20050"))
    gone = MeterFields(is_active=False)
    change_meter(officer, filer.meter.pk, gone, valid_from=filer.month.month, reason="停用")
    with pytest.raises(NotThereError):
        check_filing(filer.account, filer.month.month, filer.typed("20050"))
