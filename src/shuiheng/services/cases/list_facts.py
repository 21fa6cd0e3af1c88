"""Facts of water users that lists, allowances and earlier cases tell."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from shuiheng.adapters.records.models import (
    AllowanceRound,
    CasePhase,
    MemberList,
    MemberRow,
    MemberStanding,
    ProgrammeCase,
)
from shuiheng.adapters.records.queries_allowances import Effective, effective_months
from shuiheng.services.cases.fact_basis import FactBasis
from shuiheng.services.cases.fact_words import is_estimated, of_year
from shuiheng.services.cases.ledger_facts import Facts
from shuiheng.services.cases.reading_facts import PLACES
from shuiheng.services.cases.subjects import FactValue

BALANCE_TEST = ("balance_test",)
TITLES = (
    "saving_enterprise",
    "saving_institution",
    "saving_school",
    "saving_university",
    "saving_hospital",
    "saving_compound",
    "saving_irrigation_district",
    "saving_park",
    "saving_service_area",
)
_WORDS = {"in": "在列", "out": "不在列", "unknown": "是否在列待定"}


def member_of(duty: str, basis: FactBasis) -> Facts:
    """Return whether the newest adopted lists of a duty name each user; unknown where no list was adopted.

    Of several rules the one that names a user decides. A user of whom no rule speaks has not the duty.
    """
    lists = _newest_lists(duty, basis)
    if not lists:
        return {}
    rows = basis.among(MemberRow.objects.filter(list__in=[each.pk for each in lists]), "user")
    standings: dict[int, list[tuple[str, int]]] = {}
    for user, standing, listed in rows.values_list("user_id", "standing", "list_id"):
        standings.setdefault(user, []).append((standing, listed))
    by_key = {each.pk: each for each in lists}
    found = {}
    for user in basis.users:
        held = sorted(standings.get(user, ()), key=lambda each: _ORDER[each[0]])
        word, listed = held[0] if held else (MemberStanding.OUT.value, lists[0].pk)
        title = by_key[listed]
        found[user] = FactValue(
            value=None if word == MemberStanding.UNKNOWN else word == MemberStanding.IN,
            source=f"{title.year}年《{title.title}》：{_WORDS[word]}",
            on=None if title.adopted_at is None else title.adopted_at.date(),
        )
    return found


def has_allowance(basis: FactBasis) -> Facts:
    """Return whether each user has a published allowance for the year of the day.

    Who has none is known only once every round of the year that was opened is published.
    """
    year = basis.on.year
    have = {each.user for each in _allowances(basis, year)}
    rounds = list(AllowanceRound.objects.filter(place=basis.city, year=year).values_list("published_at"))
    is_closed = bool(rounds) and all(published is not None for (published,) in rounds)
    said = f"{year}年用水计划" if is_closed else f"{year}年用水计划尚未全部下达"
    without = False if is_closed else None
    return {
        user: FactValue(value=True if user in have else without, source=said, on=basis.on)
        for user in basis.users
    }


def use_to_allowance(basis: FactBasis) -> Facts:
    """Return the water of each user in the last year against its allowance of that year.

    A user with allowances for single sources only is held against the water of those sources.
    """
    found = {}
    given: dict[int, list[Effective]] = {}
    for each in _allowances(basis, basis.year, at_end=True):
        given.setdefault(each.user, []).append(each)
    uses = basis.source_use if given else {}
    for user, allowances in given.items():
        allowed = sum((each.year_m3 for each in allowances), Decimal(0))
        sources = {each.source for each in allowances}
        whole = basis.year_use.get(user)
        years = [whole] if None in sources else [uses.get(user, {}).get(source) for source in sources]
        volumes = [year.m3 for year in years if year is not None and year.m3 is not None]
        is_known = bool(allowed) and len(volumes) == len(years)
        found[user] = FactValue(
            value=(sum(volumes, Decimal(0)) / allowed).quantize(PLACES) if is_known else None,
            source=f"{of_year(whole)}；{basis.year}年用水计划{allowed.normalize():f}立方米",
            on=basis.year_end,
            is_estimated=any(is_estimated(year) for year in years),
        )
    return found


def balance_tested(basis: FactBasis) -> Facts:
    """Return whether each user has a site water audit that is valid; unknown where none was ever entered."""
    return _held(basis, BALANCE_TEST, "水平衡测试")


def has_carrier_title(basis: FactBasis) -> Facts:
    """Return whether each user holds a title of water saving; unknown where none was ever entered."""
    return _held(basis, TITLES, "节水载体称号")


_ORDER = {MemberStanding.IN.value: 0, MemberStanding.UNKNOWN.value: 1, MemberStanding.OUT.value: 2}


def _newest_lists(duty: str, basis: FactBasis) -> list[MemberList]:
    """Return the newest adopted list of each rule of a duty, up to the year of the day."""
    rows = MemberList.objects.filter(
        place=basis.city, adopted_at__isnull=False, withdrawn_at__isnull=True, year__lte=basis.on.year
    )
    newest: dict[str, MemberList] = {}
    for each in rows.order_by("-year", "-pk"):
        if each.terms.get("duty") == duty:
            newest.setdefault(each.rule, each)
    return list(newest.values())


def _allowances(basis: FactBasis, year: int, *, at_end: bool = False) -> Iterable[Effective]:
    on = basis.year_end if at_end else basis.on
    given = effective_months(basis.seen, year=year, on=on, users=basis.asked)
    return (each for each in given.values() if each.user in basis.users)


def _held(basis: FactBasis, kinds: tuple[str, ...], what: str) -> Facts:
    rows = ProgrammeCase.objects.filter(place=basis.city, kind__in=kinds, reached_on__lte=basis.on)
    rows = rows.filter(phase__in=(CasePhase.REACHED, CasePhase.REVOKED))  # others were a mistake
    found: dict[int, FactValue] = {}
    columns = ("user_id", "phase", "number", "reached_on", "valid_until")
    for user, phase, number, reached, until in (
        basis.among(rows, "user").order_by("reached_on", "pk").values_list(*columns)
    ):
        is_valid = phase == CasePhase.REACHED and (until is None or until >= basis.on)
        known = found.get(user)
        if known is None or is_valid or known.value is not True:
            said = f"，有效期至{until}" if until is not None else ""
            found[user] = FactValue(value=is_valid, source=f"{what}{number}（{reached}{said}）", on=reached)
    return found
