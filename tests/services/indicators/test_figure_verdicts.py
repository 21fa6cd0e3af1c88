"""An official figure is judged by itself and by today; what cannot be read is broken and not an error."""

from __future__ import annotations

from decimal import Decimal

import pytest

from office import make_account
from services.indicators.test_release_figure import FACTS, _correct, _release
from services.indicators.test_target_standing import enter
from shuiheng.adapters.records.models import Account, Figure, Role
from shuiheng.services.indicators.figure_tree import figure_tree
from shuiheng.services.indicators.figure_verdicts import is_whole, judge_figures, stored_of, value_of

pytestmark = pytest.mark.django_db


def test_a_hundred_corrections_leave_the_figure_and_each_difference_is_told(officer: Account) -> None:
    place = officer.memberships.get().organisation.place
    enter(place.pk, officer, **FACTS)
    row = _release(make_account("leader", Role.OFFICE_LEADER), place.pk)
    kept, digest = row.content["value"], row.digest
    for number in range(100):
        _correct(officer, place.pk, Decimal(1000 + number))
    row = Figure.objects.get(pk=row.pk)
    assert is_whole(row)
    assert (row.content["value"], row.digest) == (kept, digest)
    (verdict,) = judge_figures([row])
    assert verdict.difference is not None
    (change,) = verdict.difference.changes
    assert change.before is not None and change.after is not None
    assert (change.before.value, change.after.value) == (Decimal("1213.7"), Decimal(1099))
    assert change.effect == verdict.difference.by


def test_what_cannot_be_read_is_broken() -> None:
    broken = Figure(subject="indicator:gone", content={"format": "other", "value": "1"}, digest="")
    assert not is_whole(broken)
    assert stored_of(broken.content) is None
    assert value_of(broken.content) == 1
    assert figure_tree(broken).value is None
