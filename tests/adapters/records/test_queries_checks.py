"""Checks are found by words, state and team; results that wait and orders that were served stand apart."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from services.inspections.check_city import CheckedCity, checked
from shuiheng.adapters.records.models import CheckResult
from shuiheng.adapters.records.queries_checks import (
    CheckFilter,
    check_counts,
    check_list,
    one_check,
    open_registers,
    orders_in_sight,
    places_to_check,
    published_checks,
    unpublished_checks,
    users_to_check,
)
from shuiheng.services.inspections.close_order import serve_order
from shuiheng.services.inspections.publish_check import publish_check
from shuiheng.services.permission import Action
from shuiheng.services.scope import sight

pytestmark = pytest.mark.django_db
__all__ = ["checked"]


def test_a_list_follows_its_filter_and_counts_what_is_late(checked: CheckedCity) -> None:
    today = timezone.localdate()
    late = checked.check(due_on=today - timedelta(days=1))
    done = checked.recorded("乙厂", CheckResult.PASSED)
    seen = sight(checked.clerk, Action.CHECKS_LOOK)

    def found(**wanted: object) -> list[int]:
        return [row.pk for row in check_list(seen, CheckFilter(**wanted), today)]  # type: ignore[arg-type]

    assert found() == [late.pk, done.pk] and found(state="late") == [late.pk]
    assert found(result="passed") == [done.pk] and found(words="没有这个单位") == []
    assert found(of=checked.inspectors[0]) == [late.pk, done.pk] and found(of=checked.clerk) == []
    counts = check_counts(seen, today)
    assert (counts["late"], counts["planned"], counts["recorded"], counts["unpublished"]) == (1, 1, 1, 1)
    assert one_check(seen, late.pk) == late and one_check(seen, 0) is None


def test_what_waits_for_publication_leaves_the_list_when_it_is_published(checked: CheckedCity) -> None:
    row, today = checked.recorded(), timezone.localdate()
    seen = sight(checked.clerk, Action.CHECKS_LOOK)
    assert unpublished_checks(seen) == [row]
    publish_check(checked.reviewer, row.pk)
    assert unpublished_checks(seen) == [] and list(published_checks(seen, since=today)) == [row]


def test_a_unit_sees_an_order_when_it_was_served(checked: CheckedCity) -> None:
    made = checked.ordered(checked.recorded())
    own = sight(checked.filer(checked.user("甲厂")), Action.CHECKS_PROVE)
    assert not orders_in_sight(own).exists()
    serve_order(checked.reviewer, made.pk, served_on=timezone.localdate())
    assert list(orders_in_sight(own)) == [made]


def test_what_a_check_is_made_of_is_offered(checked: CheckedCity) -> None:
    user = checked.user("甲厂")
    items, inspectors = open_registers(sight(checked.clerk, Action.INSPECTIONS_LOOK))
    assert items == [checked.item] and len(inspectors) == 2
    assert checked.metered.place in places_to_check(sight(checked.clerk, Action.CHECKS_KEEP))
    ledger = sight(checked.clerk, Action.LEDGER_LOOK)
    assert users_to_check(ledger, user.organisation.name) == [user] and users_to_check(ledger, " ") == []
