"""Sealed numbers are nowhere before they are opened; all of them together make the draw."""

from __future__ import annotations

import pytest

from services.inspections.made_up import InspectedCity, do_draws
from shuiheng.adapters.records.models import Event, InspectionDraw
from shuiheng.programmes.draw.verify import check_record
from shuiheng.services.errors import NotThereError, ServiceError
from shuiheng.services.inspections.commit_draw import commit_draw
from shuiheng.services.inspections.seal_number import open_number, seal_number

pytestmark = pytest.mark.django_db
PERSONS = ("clerk", "leader")


def test_a_draw_is_made_when_everybody_has_opened(city: InspectedCity) -> None:
    row = city.plan(persons=PERSONS)
    with pytest.raises(ServiceError, match=r"inspections\.not_sealed"):
        commit_draw(city.reviewer, row.pk)
    first = seal_number(city.clerk, row.pk, number="70123456789")
    second = seal_number(city.leader, row.pk, number="70987654321")
    kept = str(list(InspectionDraw.objects.values())) + str(list(Event.objects.values("after")))
    assert not any(secret in kept for each in (first, second) for secret in (each.number, each.salt))
    commit_draw(city.reviewer, row.pk)
    open_number(city.clerk, row.pk, number=first.number, salt=first.salt)
    assert do_draws(row).state == "committed"
    with pytest.raises(ServiceError, match=r"inspections\.opened_already"):
        open_number(city.clerk, row.pk, number=first.number, salt=first.salt)
    open_number(city.leader, row.pk, number=second.number, salt=second.salt)
    assert do_draws(row).state == "drawn"
    assert check_record(row.record, row.commitment) == 2


def test_another_number_than_the_sealed_one_is_refused(city: InspectedCity) -> None:
    row = city.plan(persons=PERSONS)
    first = seal_number(city.clerk, row.pk, number="701234")
    seal_number(city.leader, row.pk, number="709876")
    commit_draw(city.reviewer, row.pk)
    for number, salt in (("701235", first.salt), (first.number, "0" * 64), (first.number, "kein")):
        with pytest.raises(ServiceError, match=r"inspections\.seal_differs"):
            open_number(city.clerk, row.pk, number=number, salt=salt)


def test_only_who_was_named_seals_and_only_before_the_commitment(city: InspectedCity) -> None:
    row = city.plan(persons=PERSONS)
    with pytest.raises(NotThereError):
        seal_number(city.reviewer, row.pk, number="701234")
    for number in ("12345", "12a456", "1" * 41, ""):
        with pytest.raises(ServiceError, match=r"inspections\.bad_number"):
            seal_number(city.clerk, row.pk, number=number)
    public = city.committed()
    with pytest.raises(ServiceError, match=r"inspections\.wrong_state"):
        seal_number(city.clerk, public.pk, number="701234")
