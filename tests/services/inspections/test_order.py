"""An officer orders within the law and says why; unreviewed electronic records support nothing."""

from __future__ import annotations

from decimal import Decimal

import pytest

from services.inspections.check_city import CheckedCity
from shuiheng.adapters.records.models import CheckState, OrderKind
from shuiheng.services.errors import NotPermittedError, ServiceError
from shuiheng.services.inspections.legal_ranges import measures_of_act
from shuiheng.services.inspections.order import leave_without_order, order
from shuiheng.services.inspections.review_check_file import review_check_file

pytestmark = pytest.mark.django_db


def test_unreviewed_photos_alone_support_no_order(checked: CheckedCity) -> None:
    row = checked.recorded()
    with pytest.raises(ServiceError, match=r"checks\.unsupported"):
        order(checked.reviewer, row.pk, checked.fields(row))
    review_check_file(checked.leader, row.files.get().pk, is_accepted=False, note="看不清")
    with pytest.raises(ServiceError, match=r"checks\.unsupported"):
        order(checked.reviewer, row.pk, checked.fields(row))
    with pytest.raises(ServiceError, match=r"checks\.unsupported"):
        order(checked.reviewer, row.pk, checked.fields(row, files=[]))


def test_a_reviewed_photo_or_signed_paper_supports_one(checked: CheckedCity) -> None:
    row = checked.recorded()
    checked.scan(row)
    made = order(checked.reviewer, row.pk, checked.fields(row))
    assert made.clause == "第五十三条" and made.fine_yuan is None
    assert "5,000元以上20,000元以下" in made.measure
    other = checked.recorded("乙厂")
    assert checked.ordered(other).files.count() == 1


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"fine_yuan": None}, "field_missing"),
        ({"fine_yuan": Decimal(0)}, "field_missing"),
        ({"fine_yuan": Decimal(20001)}, "above_range"),
        ({"fine_yuan": Decimal("4999.99")}, "below_range"),
        ({"measure": ":2"}, "no_range"),
        ({"measure": ":9"}, "unknown_measure"),
        ({"act": "nothing"}, "unknown_act"),
        ({"reason": ""}, "field_missing"),
    ],
)
def test_a_fine_stays_within_the_legal_range(
    checked: CheckedCity, changes: dict[str, object], code: str
) -> None:
    row = checked.recorded()
    checked.scan(row)
    fields = {"kind": OrderKind.FINE, "fine_yuan": Decimal(8000), "due_on": None} | changes
    with pytest.raises(ServiceError) as refused:
        order(checked.reviewer, row.pk, checked.fields(row, **fields))
    assert refused.value.code == f"checks.{code}"


def test_both_ends_of_the_range_are_lawful_and_less_needs_its_ground(checked: CheckedCity) -> None:
    row = checked.recorded()
    checked.scan(row)
    for amount, ground in (("5000", ""), ("20000", ""), ("3000", "主动消除危害后果")):
        fields = {"kind": OrderKind.FINE, "fine_yuan": Decimal(amount), "lesser_reason": ground}
        assert order(checked.reviewer, row.pk, checked.fields(row, **fields)).fine_yuan == Decimal(amount)


def test_who_signed_does_not_decide_and_inspectors_order_nothing(checked: CheckedCity) -> None:
    row = checked.recorded()
    checked.scan(row)
    with pytest.raises(NotPermittedError):
        order(checked.inspectors[0], row.pk, checked.fields(row))
    row.team.filter(inspector=checked.entries[0]).update(signed_by=checked.reviewer)
    with pytest.raises(ServiceError, match=r"checks\.own_check"):
        order(checked.reviewer, row.pk, checked.fields(row))


def test_what_was_mended_on_the_spot_is_left_without_an_order_for_a_reason(checked: CheckedCity) -> None:
    row = checked.recorded()
    assert row.state == CheckState.FINDING_OPEN
    with pytest.raises(ServiceError, match=r"checks\.reason_needed"):
        leave_without_order(checked.reviewer, row.pk, reason="")
    row = leave_without_order(checked.reviewer, row.pk, reason="当场改正，首次轻微")
    assert row.state == CheckState.RECORDED


def test_nobody_orders_before_the_check_is_recorded(checked: CheckedCity) -> None:
    row = checked.filled(checked.check())
    with pytest.raises(ServiceError, match=r"checks\.wrong_state"):
        order(checked.reviewer, row.pk, checked.fields(row))


def test_every_measure_says_its_clause(checked: CheckedCity) -> None:
    row = checked.check()
    found = measures_of_act(row.place, "meter_missing", row.made_at.date())
    assert [each.key for each in found] == [":0", ":1", ":2"] and all(each.clause for each in found)
    assert found[1].least is None and found[1].most == Decimal(10000)
