"""An order is served, proved, and looked at again by another person; then its check can be closed."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from services.inspections.check_city import PNG, CheckedCity
from shuiheng.adapters.records.models import CheckState, Message, OrderKind, OrderState
from shuiheng.services.errors import NotThereError, ServiceError
from shuiheng.services.inspections.close_order import look_again, prove_order, serve_order, void_order
from shuiheng.services.inspections.publish_check import publish_check

pytestmark = pytest.mark.django_db


def test_a_proof_that_does_not_do_goes_back_and_one_that_does_closes(checked: CheckedCity) -> None:
    row = checked.recorded()
    made = checked.ordered(row)
    filer, today = checked.filer(checked.user("甲厂")), timezone.localdate()
    serve_order(checked.leader, made.pk, served_on=today)
    first = prove_order(filer, made.pk, words="已经装表", content=PNG, name="表.png")
    assert first.sha256 and first.look_by > today
    assert (
        look_again(checked.reviewer, made.pk, is_good=False, note="照片不是二号口").state == OrderState.SERVED
    )
    prove_order(filer, made.pk, words="补拍二号口")
    assert look_again(checked.reviewer, made.pk, is_good=True, note="属实").state == OrderState.CLOSED
    row.refresh_from_db()
    assert row.state == CheckState.RECORDED
    assert publish_check(checked.reviewer, row.pk).state == CheckState.CLOSED
    assert Message.objects.filter(organisation=made.organisation).count() == 3


def test_a_published_check_stays_open_until_its_last_order_is_closed(checked: CheckedCity) -> None:
    row = checked.recorded()
    made = checked.ordered(row)
    assert publish_check(checked.reviewer, row.pk).state == CheckState.FINDING_OPEN
    void_order(checked.reviewer, made.pk, reason="另行立案")
    row.refresh_from_db()
    assert row.state == CheckState.FINDING_OPEN  # something was found and nothing is ordered


def test_who_was_not_served_proves_nothing_and_strangers_see_nothing(checked: CheckedCity) -> None:
    made = checked.ordered(checked.recorded())
    filer = checked.filer(checked.user("甲厂"))
    with pytest.raises(ServiceError, match=r"checks\.wrong_state"):
        prove_order(filer, made.pk, words="x")
    serve_order(checked.reviewer, made.pk, served_on=timezone.localdate())
    with pytest.raises(NotThereError):
        prove_order(checked.filer(checked.user("乙厂")), made.pk, words="x")
    with pytest.raises(ServiceError, match=r"checks\.words_needed"):
        prove_order(filer, made.pk, words=" ")


def test_a_fine_is_paid_within_the_days_of_the_law_from_its_service(checked: CheckedCity) -> None:
    row = checked.recorded()
    made = checked.ordered(row, kind=OrderKind.FINE, fine_yuan=Decimal(8000))
    today = timezone.localdate()
    with pytest.raises(ServiceError, match=r"checks\.bad_served_day"):
        serve_order(checked.reviewer, made.pk, served_on=today + timedelta(days=1))
    made = serve_order(checked.reviewer, made.pk, served_on=today)
    assert made.due_on is not None and made.due_on >= today + timedelta(days=15)
    assert [each["rule"] for each in made.rules] == ["inspections/procedure"] * 2


def test_a_warning_asks_nothing_of_the_unit(checked: CheckedCity) -> None:
    made = checked.ordered(checked.recorded(), kind=OrderKind.WARNING)
    made = serve_order(checked.reviewer, made.pk, served_on=timezone.localdate())
    assert made.state == OrderState.CLOSED
