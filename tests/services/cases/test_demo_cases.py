"""The demo city has cases of many kinds in every state, made once, and each is what its events come to."""

from __future__ import annotations

import pytest
from django.utils import timezone

from office import make_account, the_office
from shuiheng.adapters.records.models import ProgrammeCase, Role
from shuiheng.adapters.records.queries_cases import CaseFilter, case_list, counts_by_kind
from shuiheng.adapters.rulebook.programmes import shipped_programmes
from shuiheng.services.cases.demo_cases import KINDS, settle_demo_cases
from shuiheng.services.cases.keep_case import state_of
from shuiheng.services.ledger.demo_ledger import settle_demo_ledger
from shuiheng.services.permission import Action
from shuiheng.services.scope import sight

pytestmark = pytest.mark.django_db


def test_cases_of_many_kinds_are_made_once() -> None:
    city = the_office().place
    assert settle_demo_cases(city) == 0
    officer = make_account("officer", Role.OFFICE_CLERK)
    make_account("reviewer", Role.OFFICE_REVIEWER)
    settle_demo_ledger(officer, city)
    made = settle_demo_cases(city)
    assert made == sum(count for _suffix, count in KINDS.values()) > 110
    assert settle_demo_cases(city) == 0
    seen, today = sight(officer, Action.CASES_LOOK), timezone.localdate()
    counts = counts_by_kind(seen, CaseFilter(), today)
    assert set(counts) == set(KINDS) == set(shipped_programmes())
    for name in ("planned", "under_way", "reached", "late", "expired"):
        assert sum(getattr(each, name) for each in counts.values()), name
    assert case_list(seen, CaseFilter(words="示例食品"), today).get().user is not None
    for row in ProgrammeCase.objects.select_related("place")[::9]:
        state = state_of(row)
        assert (row.phase, row.number, row.last_on) == (state.phase, state.number, state.last_on)
