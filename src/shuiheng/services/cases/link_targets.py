"""Which programmes, indicators and lists serve the targets of a plan, and what persons say of it (挂接)."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from threading import Lock

from django.db import transaction
from django.utils import timezone

from shuiheng.adapters.records.models import (
    Account,
    LinkVerdict,
    PlanDecision,
    PlanDocument,
    PlanVersion,
    RegisterTarget,
    TargetLinkChoice,
    VersionState,
)
from shuiheng.adapters.records.working_plan import decisions_in_force
from shuiheng.adapters.rulebook.knowledge import load_knowledge
from shuiheng.adapters.rulebook.target_links import target_links
from shuiheng.plans.decide import apply_decisions
from shuiheng.plans.document_json import document_from_json
from shuiheng.plans.plan_reading import plan_from_json
from shuiheng.programmes.kind import CountWay
from shuiheng.programmes.target_counting import Kinds, TargetQuestion, question_of, rule_of
from shuiheng.programmes.target_link import Served, link_plan
from shuiheng.services.cases.link_json import HowCounted, how_json, read_how
from shuiheng.services.errors import ServiceError
from shuiheng.services.events import record_event
from shuiheng.services.kinds.kinds_now import FIRST_LOCAL, kinds_of
from shuiheng.services.permission import Action, Actor, require
from shuiheng.services.scope import city_above, row_for

LONGEST_REASON = 300
MOST_KEPT = 30
NOTHING = HowCounted()
_kept: OrderedDict[tuple[object, ...], Mapping[str, HowCounted]] = OrderedDict()
_lock = Lock()


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkedTarget:
    """A target with how it is counted.

    Args:
        target: The target of the register.
        proposed: What the program proposes by the words of the plan.
        choice: What a person said, or None.
    """

    target: RegisterTarget
    proposed: HowCounted
    choice: TargetLinkChoice | None

    @property
    def how(self) -> HowCounted:
        """Return how the target is counted: as a person said, else as is proposed."""
        if self.choice is None or self.choice.verdict == LinkVerdict.CONFIRMED:
            return self.proposed if self.choice is None else read_how(self.choice.proposed)
        return read_how(self.choice.chosen)

    @property
    def is_confirmed(self) -> bool:
        """Return whether a person has said how it is counted."""
        return self.choice is not None

    @property
    def is_left_out(self) -> bool:
        """Return whether a person said that nothing of this program counts it."""
        return self.choice is not None and self.choice.verdict == LinkVerdict.NOT_COUNTED


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """How a person wants a target to be counted.

    Args:
        served: Counts or rates of kinds; empty where an indicator gives the value.
        indicator: Id of that indicator, or empty.
        level: Only what reached this level; empty for all.
        way: Which cases are meant; None for the usual way.
        since: Only what was reached from this day on, or None.
        year: The only year that is meant, or None.
    """

    served: tuple[Served, ...] = ()
    indicator: str = ""
    level: str = ""
    way: CountWay | None = None
    since: date | None = None
    year: int | None = None


def linked_targets(targets: Iterable[RegisterTarget]) -> Sequence[LinkedTarget]:
    """Return targets with how each is counted, in their order; a fixed number of queries for a plan.

    Args:
        targets: Targets of the register with their plans.
    """
    rows = list(targets)
    choices = {
        each.target_id: each
        for each in TargetLinkChoice.objects.filter(
            target__in=[row.pk for row in rows], superseded_at__isnull=True
        ).select_related("chosen_by")
    }
    proposed = {plan: proposals(plan) for plan in {row.plan for row in rows}}
    return [
        LinkedTarget(
            target=row,
            proposed=proposed[row.plan].get(row.item, NOTHING),
            choice=choices.get(row.pk),
        )
        for row in rows
    ]


def proposals(plan: PlanDocument) -> Mapping[str, HowCounted]:
    """Return what the program proposes for each target of the published version of a plan, by its item.

    The words of the city's own versions of kinds are those that stand today. What was made once stays in
    memory until another version, another decision on it, or another version of a kind is there.
    """
    versions = PlanVersion.objects.filter(plan=plan, state=VersionState.PUBLISHED)
    found = versions.values_list("pk", "sha256", "published_at").first()
    if found is None:
        return {}
    newest = PlanDecision.objects.filter(version=found[0]).order_by("-pk").values_list("pk", flat=True)
    kinds = kinds_of(city_above(plan.place), timezone.localdate())
    local = frozenset((each.id, each.version) for each in kinds.values() if each.version >= FIRST_LOCAL)
    key = (*found, newest.first(), local)
    with _lock:
        if key in _kept:
            _kept.move_to_end(key)
            return _kept[key]
    made = _proposed(PlanVersion.objects.get(pk=found[0]), kinds)
    with _lock:
        _kept[key] = made
        while len(_kept) > MOST_KEPT:
            _kept.popitem(last=False)
    return made


def confirm_link(actor: Actor, target_key: int) -> TargetLinkChoice:
    """Say that a target is counted as is proposed.

    Raises:
        ServiceError: `counts.nothing_proposed`, nothing is proposed.
        NotThereError, NotPermittedError: The target is not the actor's.
    """
    account = require(actor, Action.ASSIGN)
    with transaction.atomic():
        target = _locked(account, target_key)
        proposed = proposals(target.plan).get(target.item, NOTHING)
        if not proposed.is_linked:
            raise ServiceError("counts.nothing_proposed")
        return _say(account, target, LinkVerdict.CONFIRMED, chosen=NOTHING, reason="")


def choose_link(actor: Actor, target_key: int, chosen: Chosen, *, reason: str = "") -> TargetLinkChoice:
    """Say that a target is counted in another way than is proposed.

    Raises:
        ServiceError: `counts.no_counting`, no kind has such a count; `counts.mixed`, a count and a rate
            together; `counts.no_level`, no kind gives that level; `counts.no_way`, the count does not know
            that way; `counts.no_indicator`.
        NotThereError, NotPermittedError: The target is not the actor's.
    """
    account = require(actor, Action.ASSIGN)
    with transaction.atomic():
        target = _locked(account, target_key)
        how = _checked(target, chosen)
        return _say(account, target, LinkVerdict.CHANGED, chosen=how, reason=reason)


def count_not(actor: Actor, target_key: int, *, reason: str) -> TargetLinkChoice:
    """Say that nothing of this program counts a target, and why.

    Raises:
        ServiceError: `services.reason_needed`.
        NotThereError, NotPermittedError: The target is not the actor's.
    """
    account = require(actor, Action.ASSIGN)
    if not reason.strip():
        raise ServiceError("services.reason_needed")
    with transaction.atomic():
        target = _locked(account, target_key)
        return _say(account, target, LinkVerdict.NOT_COUNTED, chosen=NOTHING, reason=reason)


def _locked(account: Account, key: int) -> RegisterTarget:
    return row_for(account, Action.ASSIGN, RegisterTarget, lock=True, pk=key)


def _say(
    account: Account, target: RegisterTarget, verdict: LinkVerdict, *, chosen: HowCounted, reason: str
) -> TargetLinkChoice:
    now = timezone.now()
    standing = target.link_choices.filter(superseded_at__isnull=True).first()
    before = None if standing is None else {"state": standing.verdict, "counts": _words(standing)}
    target.link_choices.filter(superseded_at__isnull=True).update(superseded_at=now)
    row = TargetLinkChoice.objects.create(
        target=target,
        verdict=verdict,
        proposed=how_json(proposals(target.plan).get(target.item, NOTHING)),
        chosen=how_json(chosen),
        reason=reason.strip()[:LONGEST_REASON],
        chosen_by=account,
        chosen_at=now,
    )
    record_event(
        account,
        "target.linked",
        subject=f"target:{target.pk}",
        place=target.plan.place,
        reason=row.reason,
        before=before,
        after={"state": row.verdict, "counts": _words(row)},
    )
    return row


def _words(row: TargetLinkChoice) -> list[str]:
    """Return by what a target is counted, as the log tells it."""
    content = row.proposed if row.verdict == LinkVerdict.CONFIRMED else row.chosen
    how = read_how(content)
    served = () if how.question is None else how.question.served
    return [*(f"{each.kind}.{each.counting}" for each in served), *how.indicators]


def _proposed(version: PlanVersion, kinds: Kinds) -> Mapping[str, HowCounted]:
    compiled = plan_from_json(version.compiled_json)
    document = document_from_json(version.source_json)
    plan = apply_decisions(compiled, document, decisions_in_force(version)).plan
    links = link_plan(plan, target_links().linking.under(kinds))
    return {
        target.id: HowCounted(
            question=question_of(target, link, plan.header) if link.programmes else None,
            indicators=link.indicators,
            duties=link.duties,
            narrowed_by=link.narrowed_by,
            basis=link.basis or "",
            gap=link.gap or "",
            gap_words=link.gap_words,
        )
        for target, link in zip(plan.targets, links, strict=True)
    }


def _checked(target: RegisterTarget, chosen: Chosen) -> HowCounted:
    """Return what a person chose, when kinds and indicators know it."""
    if not chosen.served:
        if chosen.indicator not in {term.id for term in load_knowledge().indicators}:
            raise ServiceError("counts.no_indicator")
        return HowCounted(indicators=(chosen.indicator,))
    kinds = kinds_of(city_above(target.plan.place), timezone.localdate())
    rules = {each: rule_of(each, kinds) for each in chosen.served}
    for each, rule in rules.items():
        if rule is None:
            raise ServiceError("counts.no_counting", counting=f"{each.kind}.{each.counting}")
    if len({each.counting in {rate.id for rate in kinds[each.kind].rates} for each in rules}) > 1:
        raise ServiceError("counts.mixed")
    if chosen.level and not any(chosen.level in kinds[each.kind].result.levels for each in rules):
        raise ServiceError("counts.no_level", level=chosen.level)
    if chosen.way is not None and not any(rule and chosen.way in rule.ways for rule in rules.values()):
        raise ServiceError("counts.no_way")
    question = TargetQuestion(
        served=tuple(rules), level=chosen.level, way=chosen.way, since=chosen.since, year=chosen.year
    )
    return HowCounted(question=question)
