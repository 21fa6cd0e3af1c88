"""What was believed before a batch is believed again, day by day, whatever the batch said."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import count

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from office import the_office
from shuiheng.adapters.records.models import Account, LedgerBatch, Site, SiteFact
from shuiheng.services.errors import ServiceError
from shuiheng.services.ledger.keep_facts import Telling, tell, tell_first
from shuiheng.services.ledger.keep_water_user import WaterUserFields, add_water_user
from shuiheng.services.ledger.take_back import refuse_used, subjects_of, take_back

pytestmark = pytest.mark.django_db
FIRST = date(2024, 1, 1)
NUMBERS = count(1)
SAYINGS = st.lists(
    st.tuples(st.integers(0, 20), st.one_of(st.none(), st.integers(1, 9)), st.sampled_from("甲乙丙")),
    max_size=5,
)


def _batch() -> LedgerBatch:
    office = the_office()
    return LedgerBatch.objects.create(
        kind="ledger_workbook", place=office.place, organisation=office, sha256="0" * 64
    )


def _days(site: Site) -> list[str | None]:
    rows = list(site.facts.filter(superseded_at__isnull=True))
    found: list[str | None] = []
    for at in range(40):
        day = FIRST + timedelta(days=at)
        held = [each.name for each in rows if each.valid_from <= day and (each.valid_to or date.max) > day]
        assert len(held) <= 1
        found.append(held[0] if held else None)
    return found


def _say(site: Site, sayings: list[tuple[int, int | None, str]], batch: LedgerBatch | None) -> None:
    for first, length, name in sayings:
        start = FIRST + timedelta(days=first)
        end = None if length is None else start + timedelta(days=length)
        tell(SiteFact, site, {"name": name}, Telling(by=None, valid_from=start, valid_to=end, batch=batch))


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(before=SAYINGS, during=SAYINGS)
def test_every_day_is_believed_as_before(
    officer: Account, before: list[tuple[int, int | None, str]], during: list[tuple[int, int | None, str]]
) -> None:
    with transaction.atomic():
        number = str(next(NUMBERS))
        fields = WaterUserFields(name=f"第{number}户", district=the_office().place.pk, no_code_reason="演示")
        user = add_water_user(officer, fields, valid_from=FIRST)
        site, batch = Site.objects.create(user=user, number=number), _batch()
        _say(site, before, None)
        stood = _days(site)
        _say(site, during, batch)
        if subjects_of(SiteFact, batch):
            refuse_used(SiteFact, batch)
            is_known = take_back(SiteFact, site, batch, by=None, reason="传错")
            assert is_known == any(stood)
        assert _days(site) == stood
        transaction.set_rollback(True)


def test_a_saying_since_keeps_a_batch_from_being_undone(officer: Account) -> None:
    fields = WaterUserFields(name="甲户", district=the_office().place.pk, no_code_reason="演示")
    user = add_water_user(officer, fields, valid_from=FIRST)
    site, batch = Site.objects.create(user=user, number="1"), _batch()
    with transaction.atomic():
        _say(site, [(0, None, "甲")], batch)
        refuse_used(SiteFact, batch)
        _say(site, [(30, None, "乙")], None)
        with pytest.raises(ServiceError, match="used"):
            refuse_used(SiteFact, batch)
        transaction.set_rollback(True)


def test_first_beliefs_are_those_of_single_tellings_and_are_refused_where_one_stands(
    officer: Account,
) -> None:
    fields = WaterUserFields(name="甲户", district=the_office().place.pk, no_code_reason="演示")
    user = add_water_user(officer, fields, valid_from=FIRST)
    with transaction.atomic():
        sites = [Site.objects.create(user=user, number=str(at)) for at in range(3)]
        telling = Telling(by=officer, valid_from=FIRST, reason="建账")
        tell_first(SiteFact, [(site, {"name": "甲"}, telling) for site in sites[:2]])
        tell(SiteFact, sites[2], {"name": "甲"}, telling)
        rows = [site.facts.get() for site in sites]
        assert (
            len({(row.name, row.valid_from, row.valid_to, row.reason, row.recorded_by) for row in rows}) == 1
        )
        with pytest.raises(ValueError, match="already"):
            tell_first(SiteFact, [(sites[0], {"name": "乙"}, telling)])
        with pytest.raises(ValueError, match="already"):
            twice = Site.objects.create(user=user, number="9")
            tell_first(SiteFact, [(twice, {"name": each}, telling) for each in "甲乙"])
        transaction.set_rollback(True)
