"""Another person commits to a register; what could stop the draw is found before."""

from __future__ import annotations

import pytest

from services.inspections.made_up import InspectedCity
from shuiheng.adapters.records.models import InspectionDraw, Organisation
from shuiheng.programmes.draw.register import hash_of
from shuiheng.services.errors import NotPermittedError, ServiceError
from shuiheng.services.inspections.commit_draw import commit_draw
from shuiheng.services.inspections.keep_draw import recuse
from shuiheng.services.inspections.make_register import make_register

pytestmark = pytest.mark.django_db


def test_a_commitment_is_the_hash_of_the_register(city: InspectedCity) -> None:
    row = city.committed()
    assert row.state == "committed" and len(row.commitment) == 64
    assert row.commitment == hash_of(row.register)
    assert row.register["size"] == 2 and row.committed_by == city.reviewer


def test_who_planned_a_draw_does_not_commit_to_it(city: InspectedCity) -> None:
    row = city.plan()
    with pytest.raises(NotPermittedError):
        commit_draw(city.clerk, row.pk)
    InspectionDraw.objects.filter(pk=row.pk).update(made_by=city.reviewer)
    with pytest.raises(ServiceError, match=r"inspections\.own_draw"):
        commit_draw(city.reviewer, row.pk)
    assert commit_draw(city.leader, row.pk).state == "committed"


def test_a_register_with_too_few_inspectors_for_an_object_is_not_committed_to(city: InspectedCity) -> None:
    row, unit = city.plan(), city.users[0].organisation
    for each in city.inspectors[:2]:
        recuse(city.clerk, row.pk, each.pk, unit.pk, reason="近亲属任职")
    found = make_register(row, city.today).findings
    assert [each.code for each in found] == ["programmes.draw_few_inspectors"]
    with pytest.raises(ServiceError, match=r"inspections\.unfit_register"):
        commit_draw(city.reviewer, row.pk)


def test_nobody_inspects_the_own_unit(city: InspectedCity) -> None:
    row = city.plan()
    city.inspectors[0].organisation = Organisation.objects.get(pk=city.users[0].organisation_id)
    city.inspectors[0].save()
    recusals = make_register(row, city.today).register.recusals
    assert [(each.inspector, each.subject) for each in recusals] == [
        (f"R{city.inspectors[0].pk}", f"U{city.users[0].pk}")
    ]


def test_more_than_there_are_cannot_be_drawn(city: InspectedCity) -> None:
    with pytest.raises(ServiceError, match=r"inspections\.unfit_register"):
        commit_draw(city.reviewer, city.plan(size=7).pk)
