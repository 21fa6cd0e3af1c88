"""The accountability log takes entries with a basis and lets none be changed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone

from shuiheng.adapters.records.models import Account, AccountabilityEntry, AccountabilityKind
from shuiheng.services.enter_accountability import Entry, enter_accountability
from shuiheng.services.errors import ServiceError
from working_office import make_plan, make_unit

pytestmark = pytest.mark.django_db


@pytest.fixture
def entry(officer: Account) -> Entry:
    make_plan(officer)
    return Entry(
        organisation=make_unit("水利局").pk,
        kind=AccountabilityKind.TALKED_TO,
        words="两期未报送进展",
        basis="方案第四部分",
        on=date(2026, 8, 1),
    )


def test_an_entry_stands_and_the_database_keeps_it(officer: Account, entry: Entry) -> None:
    row = enter_accountability(officer, "plan", entry)
    for change in (lambda: AccountabilityEntry.objects.update(words="别的"), row.delete):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()
    assert AccountabilityEntry.objects.get().words == "两期未报送进展"


def test_an_entry_without_words_or_basis_or_ahead_of_time_is_refused(officer: Account, entry: Entry) -> None:
    tomorrow = timezone.localdate() + timedelta(days=1)
    for wrong, code in (
        (replace(entry, words=""), "services.accountability_incomplete"),
        (replace(entry, basis=" "), "services.accountability_incomplete"),
        (replace(entry, on=tomorrow), "services.accountability_ahead"),
    ):
        with pytest.raises(ServiceError) as refused:
            enter_accountability(officer, "plan", wrong)
        assert refused.value.code == code
