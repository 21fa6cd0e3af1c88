"""The value of a target by the lists of the ledger (名录取值): who must do something, and who does it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils import timezone

from shuiheng.adapters.records.as_of import AsOf, standing
from shuiheng.adapters.records.entrance import counted
from shuiheng.adapters.records.models import MemberList, MemberRow, MemberStanding, MeterFact, Place, UserFact
from shuiheng.indicators.verdict import Seen
from shuiheng.plans.model import TargetKind
from shuiheng.services.cases.fact_basis import FactBasis
from shuiheng.services.cases.ledger_facts import Facts, metering_rate
from shuiheng.services.cases.link_targets import LinkedTarget
from shuiheng.services.cases.list_facts import balance_tested, has_allowance
from shuiheng.services.cases.subjects import FactValue
from shuiheng.services.indicators.judged_parts import (
    JudgedParts,
    MeantPlace,
    OfList,
    Problem,
    ServedBy,
    YearValue,
    place_meant,
    scope_of,
)
from shuiheng.services.indicators.judging_desk import JudgingDesk
from shuiheng.services.indicators.target_ask import ask_of, term_of

ONE = Decimal(1)
LIST_MISSING, UNDECIDED = "list:", "list_undecided"
SHARE_UNITS: Mapping[str, Decimal] = {"%": Decimal(100), "": ONE, "‰": Decimal(1000)}


def _sends(basis: FactBasis) -> Facts:
    """Return whether the meters at the entrance of each user send their readings."""
    meters: dict[int, list[bool]] = {}
    rows = standing(basis.among(counted(MeterFact.objects.all()), "subject__user"), AsOf(on=basis.on))
    for user, telemetry in rows.values_list("subject__user_id", "telemetry_id"):
        meters.setdefault(user, []).append(bool(telemetry))
    return {
        user: FactValue(value=bool(meters.get(user)) and all(meters[user]), source="", on=basis.on)
        for user in basis.users
    }


DONE_BY: Mapping[str, tuple[str, Callable[[FactBasis], Facts]]] = {
    "allowance": ("has_allowance", has_allowance),
    "balance_test": ("balance_tested", balance_tested),
    "metering": ("metering_rate", metering_rate),
    "online_metering": ("online_meters", _sends),
}
"""By duty, the fact that says whether a member does it; of other duties to be on the list is all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedMembers:
    """The members of the newest lists of a duty (名录成员).

    Args:
        lists: Titles of the lists.
        members: Keys of the users that are on one.
        undecided: Of how many it is not known.
    """

    lists: tuple[str, ...] = ()
    members: frozenset[int] = frozenset()
    undecided: int = 0


def by_list(
    desk: JudgingDesk, linked: LinkedTarget, *, share_of: Place | None = None, share: Decimal | None = None
) -> JudgedParts:
    """Return what is known of a target that lists of the ledger serve (名录取值).

    A target that counts asks for members; a rate and a milestone ask which share of them does its duty.

    Args:
        desk: What judging looks at.
        linked: The target.
        share_of: The district whose share is judged, or None for the target itself.
        share: That share.
    """
    target, duty = linked.target, linked.how.duties[0]
    meant = MeantPlace(share_of) if share_of is not None else place_meant(desk, scope_of(target))
    if meant.problem:
        seen = Seen(value=None, up_to=None, missing=meant.missing)
        return JudgedParts(place=meant.place, served_by=ServedBy.LIST, problem=meant.problem, seen=seen)
    term = term_of(target, desk.frames[target.plan_id], desk.on)
    if term is None:
        return JudgedParts(place=meant.place, served_by=ServedBy.LIST, problem=Problem.NO_DEADLINE)
    if target.kind != TargetKind.COUNT and target.unit not in SHARE_UNITS:
        return JudgedParts(place=meant.place, served_by=ServedBy.LIST, problem=Problem.NO_UNIT)
    day = min(desk.on, term.deadline)
    if meant.part and meant.districts is None:
        return JudgedParts(place=meant.place, served_by=ServedBy.LIST, problem=Problem.NO_SCOPE)
    found = listed_members(desk.city, duty, day, districts=_districts(desk, meant))
    seen, of_list = _seen(desk, linked, found, day)
    return JudgedParts(
        place=meant.place,
        served_by=ServedBy.LIST,
        ask=ask_of(target, term, base=Decimal(0), limit=share),
        seen=seen,
        years=() if seen.value is None else (YearValue(on=day, value=seen.value),),
        notes=term.notes,
        lists=found.lists,
        narrowed=(meant.words,) if meant.words else (),
        of_list=of_list,
    )


def _districts(desk: JudgingDesk, meant: MeantPlace) -> Collection[int] | None:
    """Return the keys of the districts of which a target speaks; None for all."""
    if meant.part:
        return [int(each) for each in meant.districts or ()]
    return None if meant.place == desk.city else [meant.place.pk]


def listed_members(
    city: Place, duty: str, day: date, *, districts: Collection[int] | None = None
) -> ListedMembers:
    """Return who was on the newest adopted lists of a duty on a day (名录成员).

    Args:
        city: The city.
        duty: The duty.
        day: The day; a list that was adopted later does not count.
        districts: Only users of districts with these keys, or None for all.
    """
    lists = _newest(city, duty, day)
    rows = MemberRow.objects.filter(list__in=[each.pk for each in lists])
    if districts is not None:
        own = UserFact.objects.filter(subject__city=city, district__in=districts)
        rows = rows.filter(user__in=standing(own, AsOf(on=day)).values("subject"))
    found: dict[int, set[str]] = {}
    for user, word in rows.values_list("user_id", "standing"):
        found.setdefault(user, set()).add(word)
    members = {user for user, words in found.items() if MemberStanding.IN in words}
    open_ones = [user for user, words in found.items() if MemberStanding.UNKNOWN in words]
    return ListedMembers(
        lists=tuple(each.title for each in lists),
        members=frozenset(members),
        undecided=sum(1 for user in open_ones if user not in members),
    )


def _newest(city: Place, duty: str, day: date) -> Sequence[MemberList]:
    """Return the newest list of each rule of a duty that was adopted by a day."""
    rows = MemberList.objects.filter(place=city, adopted_at__isnull=False, withdrawn_at__isnull=True)
    newest: dict[str, MemberList] = {}
    for each in rows.order_by("-year", "-pk"):
        adopted = timezone.localdate(each.adopted_at) if each.adopted_at else None
        if each.terms.get("duty") == duty and adopted is not None and adopted <= day:
            newest.setdefault(each.rule, each)
    return list(newest.values())


def _seen(
    desk: JudgingDesk, linked: LinkedTarget, found: ListedMembers, day: date
) -> tuple[Seen, OfList | None]:
    """Return what is known of a value, and of how many of how many it was made."""
    duty, target = linked.how.duties[0], linked.target
    if not found.lists:
        return Seen(value=None, up_to=None, missing=(f"{LIST_MISSING}{duty}",)), None
    missing = (UNDECIDED,) if found.undecided else ()
    if target.kind == TargetKind.COUNT:
        value = Decimal(len(found.members))
        seen = Seen(value=None if missing else value, up_to=day, least=value, missing=missing)
        return seen, (value, ONE, ONE)
    if duty not in DONE_BY:
        whole = _whole(target.unit)
        return Seen(value=None if missing else whole, up_to=day, missing=missing), (ONE, ONE, whole)
    name, reader = DONE_BY[duty]
    facts = reader(FactBasis(city=desk.city, users=found.members, on=day)) if found.members else {}
    told = [facts[user].value if user in facts else None for user in sorted(found.members)]
    if missing or not told or any(each is None for each in told):
        return Seen(value=None, up_to=None, missing=(*missing, *((name,) if not missing else ()))), None
    done = sum(1 for each in told if each is True or each == 1)
    share = (Decimal(done), Decimal(len(told)), _whole(target.unit))
    return Seen(value=share[0] / share[1] * share[2], up_to=day), share


def _whole(unit: str) -> Decimal:
    """Return how a share of all is told in the unit of a target."""
    return SHARE_UNITS[unit]
