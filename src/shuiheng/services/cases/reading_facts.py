"""Facts of water users that meters tell of the last year, alone or beside output, persons and norms."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from django.db.models import Sum

from shuiheng.adapters.records.as_of import AsOf, standing
from shuiheng.adapters.records.models import ActivityFact, UserFact
from shuiheng.adapters.records.queries_parts_use import use_of_parts
from shuiheng.adapters.rulebook.site_types import site_types
from shuiheng.allowances.norm_evaluation import NormGrade
from shuiheng.services.allowances.taken_water import PastYear, past_year
from shuiheng.services.cases.fact_basis import MOST_KEYS, FactBasis
from shuiheng.services.cases.fact_words import is_estimated, of_year
from shuiheng.services.cases.ledger_facts import ALL, Facts
from shuiheng.services.cases.subjects import FactValue
from shuiheng.services.gates.norm_facts import activities_of, evaluated

PERSON = "人"
LITRES_OF_M3, PLACES = Decimal(1000), Decimal("0.000001")
FEWEST_OF_A_CLASS = 2
UNCONVENTIONAL = frozenset({"reclaimed", "rain", "mine", "desalinated"})


def use_year_m3(basis: FactBasis) -> Facts:
    """Return the water of each user in the last year; unknown when too much of it is missing."""
    return {
        user: FactValue(
            value=year.m3, source=of_year(year), on=basis.year_end, is_estimated=is_estimated(year)
        )
        for user, year in basis.year_use.items()
    }


def norm_grade(basis: FactBasis) -> Facts:
    """Return how the water of the last year stands to the norms of what each user made and served."""
    found = {}
    made = activities_of(basis.city, basis.asked, basis.year_end)
    for user, activities in made.items():
        year = basis.year_use.get(user)
        graded = evaluated(year.m3 if year is not None else None, activities)
        grade = None if graded is None or graded.grade is NormGrade.UNKNOWN else graded.grade.value
        products = "、".join(dict.fromkeys(each.norm.product for each in activities))
        found[user] = FactValue(
            value=grade,
            source=f"{of_year(year)}；活动量与定额：{products}",
            on=basis.year_end,
            is_estimated=is_estimated(year),
        )
    return found


def per_capita_day_l(basis: FactBasis) -> Facts:
    """Return the litres per person and day of each user of whose persons the ledger knows."""
    days = Decimal((basis.year_end - date(basis.year, 1, 1)).days + 1)
    found = {}
    for user, persons in _persons(basis).items():
        year = basis.year_use.get(user)
        m3 = year.m3 if year is not None else None
        found[user] = FactValue(
            value=None if m3 is None else (m3 * LITRES_OF_M3 / persons / days).quantize(PLACES),
            source=f"{of_year(year)}，÷{persons.normalize():f}人÷{days}天",
            on=basis.year_end,
            is_estimated=is_estimated(year),
        )
    return found


def per_capita_ratio(basis: FactBasis) -> Facts:
    """Return the water per person of each user against that of all users of its type in the city.

    The mean is the water of all of them over the persons of all; of one user alone there is none.
    """
    persons = _persons(basis, is_city=True)
    types = _types(basis, persons)
    wanted = {types[user] for user in basis.users if user in types}
    peers = tuple(sorted(user for user, kind in types.items() if kind in wanted))
    years = basis.year_use_of(peers if len(peers) <= MOST_KEYS else None) if peers else {}
    sums: dict[str, list[Decimal]] = {}
    for user in peers:
        year = years.get(user)
        if year is not None and year.m3 is not None:
            held = sums.setdefault(types[user], [Decimal(0)] * 3)
            held[0], held[1], held[2] = held[0] + year.m3, held[1] + persons[user], held[2] + 1
    found = {}
    for user in basis.users & set(types):
        year, (m3, heads, count) = years.get(user), sums.get(types[user], [Decimal(0)] * 3)
        is_known = year is not None and year.m3 is not None and m3 and count >= FEWEST_OF_A_CLASS
        own = year.m3 if year is not None and year.m3 is not None else Decimal(0)
        found[user] = FactValue(
            value=(own / persons[user] * heads / m3).quantize(PLACES) if is_known else None,
            source=f"{of_year(year)}；本市同类{count}家{heads.normalize():f}人的人均用水量",
            on=basis.year_end,
            is_estimated=is_estimated(year),
        )
    return found


def unconventional_share(basis: FactBasis) -> Facts:
    """Return the share of reclaimed, rain, mine and desalinated water in that of each user."""
    found = {}
    for user, years in basis.source_use.items():
        share = _unconventional(years, {each.source: each.water for each in basis.sources.get(user, ())})
        said = "按水源种类" if share is not None else "部分水源的水量或种类未知"
        found[user] = FactValue(
            value=share,
            source=f"计量数据{basis.year}年：{said}",
            on=basis.year_end,
            is_estimated=any(is_estimated(year) for year in years.values()),
        )
    return found


def metering_rate_second(basis: FactBasis) -> Facts:
    """Return the share of each user's water told by meters of its parts; unknown without them."""
    parts = use_of_parts(basis.seen, basis.months, city=basis.city.pk, users=basis.asked)
    found = {}
    for user, months in parts.items():
        inner, outer = past_year(months, basis.year), basis.year_use.get(user)
        whole = outer.m3 if outer is not None else None
        is_known = inner.m3 is not None and bool(whole)
        found[user] = FactValue(
            value=min(ALL, (inner.m3 or Decimal(0)) / whole).quantize(PLACES) if is_known and whole else None,
            source=f"{of_year(inner, '二级计量器具')}；{of_year(outer, '进口计量')}",
            on=basis.year_end,
            is_estimated=is_estimated(inner) or is_estimated(outer),
        )
    return found


def _unconventional(years: Mapping[int | None, PastYear], waters: Mapping[int, str]) -> Decimal | None:
    """Return the share of unconventional water; None when a part, or its kind, is not known."""
    known = {source: year.m3 for source, year in years.items() if year.m3 is not None}
    kinds, is_linked = set(waters.values()), None not in years
    whole = sum(known.values(), Decimal(0))
    is_whole = len(known) == len(years) and (not is_linked or set(waters) <= set(years))
    if not whole or not is_whole or not kinds:
        return None
    if kinds <= UNCONVENTIONAL:
        return ALL
    if not is_linked and kinds & UNCONVENTIONAL:
        return None
    own = (m3 for source, m3 in known.items() if source and waters.get(source) in UNCONVENTIONAL)
    return (sum(own, Decimal(0)) / whole).quantize(PLACES)


def _persons(basis: FactBasis, *, is_city: bool = False) -> Mapping[int, Decimal]:
    """Return how many persons each user serves, at the end of the year; all of the city if asked."""
    rows = standing(ActivityFact.objects.filter(unit=PERSON), AsOf(on=basis.year_end))
    rows = rows.filter(subject__city=basis.city) if is_city else basis.among(rows, "subject")
    sums = rows.order_by().values_list("subject_id").annotate(persons=Sum("amount"))
    return {user: persons for user, persons in sums if persons}


def _types(basis: FactBasis, persons: Mapping[int, Decimal]) -> Mapping[int, str]:
    """Return the type of site of users of the city of whom the persons are known."""
    rows = standing(UserFact.objects.filter(subject__city=basis.city), AsOf(on=basis.on))
    found = {}
    for user, industry, use_class in rows.filter(is_open=True).values_list(
        "subject_id", "industry_code", "use_class"
    ):
        kind = site_types().type_of(industry, use_class) if user in persons else None
        if kind is not None:
            found[user] = kind
    return found
