"""Two entries that are one user are joined with a reason, and parted again with everything where it was."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from office import the_office
from shuiheng.adapters.records.models import (
    Account,
    Event,
    LedgerDocument,
    Meter,
    Role,
    Site,
    SourceKind,
    UserFact,
    WaterSource,
    WaterUser,
)
from shuiheng.services.errors import NotThereError, ServiceError
from shuiheng.services.found_city import found_city, join
from shuiheng.services.ledger.keep_meter import MeterFields, NewMeter, add_meter, change_meter
from shuiheng.services.ledger.keep_source import SiteFields, SourceFields, add_site, add_source
from shuiheng.services.ledger.keep_water_user import WaterUserFields, add_water_user, change_water_user
from shuiheng.services.ledger.merge_users import merge_users, undo_merge

pytestmark = pytest.mark.django_db
FIRST = date(2025, 1, 1)


def _user(officer: Account, name: str) -> WaterUser:
    fields = WaterUserFields(name=name, district=the_office().place.pk, no_code_reason="筹建")
    return add_water_user(officer, fields, valid_from=FIRST)


def _fill(officer: Account, user: WaterUser, *, sites: int = 1, sources: int = 1, meters: int = 1) -> None:
    for number in range(sites):
        add_site(officer, user.pk, f"S{number}", SiteFields(name="厂区"), valid_from=FIRST)
    for _number in range(sources):
        kind, what = SourceKind.ABSTRACTION, SourceFields(water_kind="surface")
        add_source(officer, user.pk, kind, what, valid_from=FIRST)
    for number in range(meters):
        new = NewMeter(number=f"{user.number}-{number}", keeper=the_office().pk, user=user.pk)
        add_meter(officer, new, MeterFields(), valid_from=FIRST)


def _standing() -> dict[str, list[tuple[object, ...]]]:
    """Return whose everything is, and under which number."""
    rows = {
        "sites": Site.objects.values_list("pk", "user", "number"),
        "sources": WaterSource.objects.values_list("pk", "user", "number"),
        "meters": Meter.objects.values_list("pk", "user"),
        "documents": LedgerDocument.objects.values_list("pk", "user"),
        "users": WaterUser.objects.values_list("pk", "merged_into"),
        "facts": UserFact.objects.values_list("pk", "subject", "superseded_at"),
    }
    return {name: sorted(query, key=str) for name, query in rows.items()}


def test_everything_moves_to_the_kept_user_and_clashing_numbers_change(officer: Account) -> None:
    kept, twin = _user(officer, "青禾印染厂"), _user(officer, "青禾印染公司")
    _fill(officer, kept)
    _fill(officer, twin, sites=2)
    merge = merge_users(officer, kept.pk, twin.pk, reason=" 重复建户 ")
    assert sorted(kept.sites.values_list("number", flat=True)) == ["S0", "S0-2", "S1"]
    assert sorted(kept.sources.values_list("number", flat=True)) == ["1", "2"]
    assert kept.meters.count() == 2 and not twin.meters.exists()
    twin.refresh_from_db()
    assert (twin.merged_into, merge.reason) == (kept, "重复建户")
    told = Event.objects.get(action="water_user.merged")
    assert (told.reason, told.after["into"], len(told.after["sites"])) == ("重复建户", kept.number, 2)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    own=st.tuples(*[st.integers(0, 2)] * 3),
    theirs=st.tuples(*[st.integers(0, 2)] * 3),
    is_twice=st.booleans(),
)
def test_an_undone_merge_leaves_everything_as_it_stood(
    officer: Account, own: tuple[int, ...], theirs: tuple[int, ...], is_twice: bool
) -> None:
    count = WaterUser.objects.count()
    users = [_user(officer, f"单位{count + each}") for each in range(3)]
    for user, (sites, sources, meters) in zip(users, (own, theirs, theirs), strict=True):
        _fill(officer, user, sites=sites, sources=sources, meters=meters)
    before = _standing()
    merges = [merge_users(officer, users[0].pk, users[1].pk, reason="重复")]
    if is_twice:
        merges.append(merge_users(officer, users[0].pk, users[2].pk, reason="重复"))
    for merge in merges:  # in the order in which they were made: neither waits for the other
        undo_merge(officer, merge.pk, reason="不是一家")
    assert _standing() == before


def test_a_chain_is_parted_from_its_end(officer: Account) -> None:
    first, second, third = (_user(officer, name) for name in ("甲厂", "乙厂", "丙厂"))
    inner = merge_users(officer, second.pk, first.pk, reason="重复")
    outer = merge_users(officer, third.pk, second.pk, reason="重复")
    with pytest.raises(ServiceError, match="merge_order"):
        undo_merge(officer, inner.pk, reason="不是一家")
    undo_merge(officer, outer.pk, reason="不是一家")
    undo_merge(officer, inner.pk, reason="不是一家")
    assert not WaterUser.objects.exclude(merged_into=None).exists()
    with pytest.raises(NotThereError):
        undo_merge(officer, inner.pk, reason="再来")


def test_users_tied_together_since_are_not_parted(officer: Account) -> None:
    kept, twin = _user(officer, "甲厂"), _user(officer, "乙厂")
    _fill(officer, kept)
    _fill(officer, twin)
    top, below = kept.meters.get(), twin.meters.get()
    merge = merge_users(officer, kept.pk, twin.pk, reason="重复")
    tied = MeterFields(level=2, parent=top.pk)
    change_meter(officer, below.pk, tied, valid_from=date(2026, 1, 1), reason="理顺")
    with pytest.raises(ServiceError, match="merge_tied"):
        undo_merge(officer, merge.pk, reason="不是一家")
    below.refresh_from_db()
    assert below.user == kept


def test_a_code_that_the_kept_user_took_over_stands_in_the_way(officer: Account) -> None:
    kept, twin = _user(officer, "甲厂"), _user(officer, "乙厂")
    code = WaterUserFields(name="乙厂", district=the_office().place.pk, credit_code="N2330282MF1234567U")
    change_water_user(officer, twin.pk, code, valid_from=FIRST, reason="补录")
    merge = merge_users(officer, kept.pk, twin.pk, reason="重复")
    own = WaterUserFields(name="甲厂", district=the_office().place.pk, credit_code="N2330282MF1234567U")
    change_water_user(officer, kept.pk, own, valid_from=FIRST, reason="补录")
    with pytest.raises(ServiceError, match="code_taken"):
        undo_merge(officer, merge.pk, reason="不是一家")


def test_what_cannot_be_one_is_not_merged(officer: Account) -> None:
    kept, twin, third = (_user(officer, name) for name in ("甲厂", "乙厂", "丙厂"))
    with pytest.raises(ServiceError, match="merge_same"):
        merge_users(officer, kept.pk, kept.pk, reason="重复")
    with pytest.raises(ServiceError, match="reason_needed"):
        merge_users(officer, kept.pk, twin.pk, reason=" ")
    merge_users(officer, kept.pk, twin.pk, reason="重复")
    for heir, ending in ((twin, third), (third, twin)):
        with pytest.raises(ServiceError, match="merged_already"):
            merge_users(officer, heir.pk, ending.pk, reason="重复")


def test_entries_of_two_cities_are_never_merged(officer: Account) -> None:
    far = found_city("临江市", slug="linjiang")
    join(officer, far, Role.OFFICE_CLERK)
    kept = _user(officer, "甲厂")
    fields = WaterUserFields(name="甲厂", district=far.place.pk, no_code_reason="筹建")
    other = add_water_user(officer, fields, valid_from=FIRST)
    with pytest.raises(ServiceError, match="merge_cities"):
        merge_users(officer, kept.pk, other.pk, reason="重复")


def test_who_does_not_see_both_merges_nothing(officer: Account) -> None:
    kept, twin = _user(officer, "甲厂"), _user(officer, "乙厂")
    stranger = Account.objects.create(username="zhou")
    join(stranger, found_city("临江市", slug="linjiang"), Role.OFFICE_CLERK)
    with pytest.raises(NotThereError):
        merge_users(stranger, kept.pk, twin.pk, reason="重复")
