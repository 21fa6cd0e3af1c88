"""The dated list of a rate (建成率分母): whom it takes in on a day, and what is missing to say so."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TypeVar

from django.db.models import Model, QuerySet

from shuiheng.adapters.records.models import Place
from shuiheng.adapters.records.sight import Grain
from shuiheng.programmes.kind import ProgrammeKind, RateRule
from shuiheng.programmes.rates import ListMember
from shuiheng.rules.conditions import Ground, Truth, facts_of, judge
from shuiheng.rules.parameter import Asked
from shuiheng.services.cases.candidates import candidates, has_register
from shuiheng.services.cases.facts import FactShelf
from shuiheng.services.cases.named_facts import known_facts_of
from shuiheng.services.cases.subjects import known_facts
from shuiheng.services.rules.rulebook_now import area_of_city, rulebook_now

M = TypeVar("M", bound=Model)
NO_REGISTER = "no_register"


@dataclass(frozen=True, slots=True, kw_only=True)
class RateMembers:
    """The list of a rate on a day.

    Args:
        members: Whom it takes in.
        undecided: How many may belong to it or not, because a fact is not known.
        missing: Names of those facts, or `no_register` where nothing lists what the kind is about.
    """

    members: tuple[ListMember, ...]
    undecided: int = 0
    missing: tuple[str, ...] = ()

    @property
    def is_known(self) -> bool:
        """Return whether it is known of everybody whether the list takes it in."""
        return not self.undecided and not self.missing


@dataclass(frozen=True, slots=True)
class WholeCity:
    """All rows of a table: a share is of the whole list of a city, whoever asks for it."""

    @property
    def grain(self) -> Grain:
        """Return the widest sight."""
        return Grain.CITY

    def __call__(self, table: type[M], /) -> QuerySet[M]:
        """Return all rows; the callers filter by the city."""
        rows: QuerySet[M] = table._default_manager.all()
        return rows


def rate_members(
    city: Place, kind: ProgrammeKind, rate: RateRule, on: date, *, shelf: FactShelf | None = None
) -> RateMembers:
    """Return the list of a rate on a day: who is eligible, or whom the conditions of the rate take in.

    Args:
        city: The city.
        kind: The kind of the rate.
        rate: The rate.
        on: The day.
        shelf: Facts that the same request has read for other rates, or None.
    """
    if not has_register(kind):
        return RateMembers(members=(), missing=(NO_REGISTER,))
    group = rate.members if rate.members.parts else kind.eligibility
    subjects = candidates(WholeCity(), city, kind, on)
    names = facts_of(group) | ({rate.weight} - {""})
    facts = known_facts_of(city, subjects, names, on, shelf=shelf)
    book, asked = rulebook_now(city), Asked(area=area_of_city(city), on=on)
    found, missing, undecided = [], set[str](), 0
    for each in subjects:
        own = facts[each.key]
        judged = judge(group, Ground(facts=known_facts(own), book=book, asked=asked))
        if judged.truth is Truth.UNKNOWN:
            undecided += 1
            missing |= set(judged.missing)
        elif judged.truth is not Truth.BREAKS:
            found.append(_member(each.key, str(each.district), rate, own.get(rate.weight), on))
    return RateMembers(members=tuple(found), undecided=undecided, missing=tuple(sorted(missing)))


def _member(subject: str, district: str, rate: RateRule, fact: object, on: date) -> ListMember:
    weight: Decimal | None = Decimal(1)
    if rate.weight:
        value = getattr(fact, "value", None)
        weight = value if isinstance(value, Decimal) else None
    return ListMember(subject=subject, district=district, from_on=on, weight=weight)
