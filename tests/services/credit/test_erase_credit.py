"""The words of a bad record are erased when its time is over, once, and not a day before."""

from __future__ import annotations

from datetime import timedelta

import pytest

from services.credit.made_up import BAD, City, shown, use_terms
from shuiheng.adapters.records.models import CreditRecord, Event
from shuiheng.services.credit.ask_credit import object_to_credit
from shuiheng.services.credit.erase_credit import ERASED, erase_credit

pytestmark = pytest.mark.django_db


def test_words_go_and_the_row_stays(city: City, monkeypatch: pytest.MonkeyPatch) -> None:
    use_terms(monkeypatch)
    user = city.user("甲厂")
    row = shown(city, user)
    object_to_credit(city.filer(user), row.pk, words="井已封填")
    assert row.kept_until is not None
    assert erase_credit(row.kept_until - timedelta(days=1)) == 0
    assert erase_credit(row.kept_until) == 1
    assert erase_credit(row.kept_until) == 0
    row = CreditRecord.objects.get()
    assert (row.item, row.fact, row.number, row.requests.get().words) == (ERASED, ERASED, "", ERASED)
    assert row.erased_at is not None and row.happened_on == BAD.happened_on
    assert Event.objects.filter(action="credit_record.erased").count() == 1
