"""Versions of kinds: a number stands once in a city, and two persons are two persons."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from services.kinds.versions import BEGINS, SCHOOL
from services.rules.proposals import the_city
from shuiheng.adapters.records.models import Account, LocalKind

pytestmark = pytest.mark.django_db


def _version(officer: Account, **changed: Any) -> LocalKind:
    given: dict[str, Any] = {
        "place": the_city(),
        "kind": SCHOOL,
        "version": 1001,
        "based_on": 1,
        "valid_from": BEGINS,
        "text": "name: {zh: 校, en: school}\n",
        "reason": "试",
        "proposed_by": officer,
        "proposed_at": timezone.now(),
    }
    return LocalKind.objects.create(**(given | changed))


def test_a_number_stands_once_for_a_kind_of_a_city(officer: Account) -> None:
    _version(officer)
    _version(officer, kind="campaign")
    with pytest.raises(IntegrityError), transaction.atomic():
        _version(officer)


def test_who_proposed_a_version_does_not_decide_on_it(officer: Account) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        _version(officer, state="accepted", decided_by=officer, decided_at=timezone.now())
