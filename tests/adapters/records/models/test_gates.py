"""Tables of gates keep one open renewal of a permit and one outcome of a gate."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from services.gates.made import a_permit, a_project
from shuiheng.adapters.records.models import Account, GateFact, GateRecord, Project

pytestmark = pytest.mark.django_db


def test_a_permit_has_one_open_renewal(officer: Account) -> None:
    permit = a_permit(officer)
    given = {
        "place": permit.source.user.city,
        "area": permit.source.user.city,
        "permit": permit,
        "kind": "renewal",
        "stage": "renewal",
        "name": "延续",
        "made_by": officer,
        "made_at": timezone.now(),
    }
    first = Project.objects.create(**given)
    with pytest.raises(IntegrityError), transaction.atomic():
        Project.objects.create(**given)
    Project.objects.filter(pk=first.pk).update(is_closed=True)
    Project.objects.create(**given)


def test_a_fact_and_an_outcome_stand_once(officer: Account) -> None:
    project, now = a_project(officer), timezone.now()
    for table, given in (
        (
            GateFact,
            {"name": "persons", "value": "1", "evidence": "x", "entered_by": officer, "entered_at": now},
        ),
        (GateRecord, {"gate": "elimination", "decided_by": officer, "decided_at": now}),
    ):
        table.objects.create(project=project, **given)
        with pytest.raises(IntegrityError), transaction.atomic():
            table.objects.create(project=project, **given)
