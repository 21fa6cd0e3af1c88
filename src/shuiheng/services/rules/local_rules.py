"""Values that a city adds to the rulebook: proposed by one person, decided by another, never edited."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from shuiheng.adapters.records.models import Account, LocalRule, LocalRuleState, Place
from shuiheng.adapters.rulebook.errors import RulebookError
from shuiheng.adapters.rulebook.files import rulebook_folder
from shuiheng.adapters.rulebook.parameters import shipped_rulebook
from shuiheng.adapters.rulebook.sources import read_sources
from shuiheng.adapters.rulebook.value_json import read_json_value, value_json
from shuiheng.kernel.finding import Finding
from shuiheng.rules.in_force import LEVELS
from shuiheng.services.errors import NotThereError, ServiceError, WrongStateError
from shuiheng.services.events import record_event
from shuiheng.services.permission import Action, Actor, require
from shuiheng.services.rules.rule_impact import findings_of
from shuiheng.services.rules.rulebook_now import local_value, rulebook_now
from shuiheng.services.rules.value_readers import refuse_unusable
from shuiheng.services.scope import city_above, row_for

MOST_PRINTED, WORDS, LONGER = 40, 120, 300
LOOSER = "rules.looser_than_upper"


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposed:
    """What an officer proposes (地方参数建议).

    Args:
        rule: Id of the rule.
        valid_from: First day on which it holds.
        valid_to: First day on which it no longer holds, or None.
        value: The value as JSON of the shape of the rule; numbers are strings.
        source: Id of a source of the rulebook, or empty when the document is described.
        title: Title of the document that is described.
        number: Its number.
        issuer: Who issued it.
        clause: Article or place in the document.
        printed: The figures as the document prints them.
        reason: Why it is proposed.
        note: What a user of the value has to know; needed when it begins before its source.
        area: Code of a district of the city for which it holds; empty for the whole city.
    """

    rule: str
    valid_from: date
    valid_to: date | None = None
    value: Any
    source: str = ""
    title: str = ""
    number: str = ""
    issuer: str = ""
    clause: str
    printed: Sequence[str] = ()
    reason: str
    note: str = ""
    area: str = ""


def propose_rule(actor: Actor, city: int, wanted: Proposed) -> LocalRule:
    """Write down a proposed value; it counts only when another person has accepted it.

    Raises:
        ServiceError: `rules.field_missing`, `rules.bad_value`, `rules.unusable`, `rules.ends_early`,
            `rules.before_source`, `rules.foreign_area`.
        NotThereError, NotPermittedError: The rule, the source or the city is not there, or not the actor's.
    """
    account = require(actor, Action.RULES_PROPOSE)
    place = row_for(account, Action.RULES_PROPOSE, Place, pk=city)
    if city_above(place).pk != place.pk or wanted.rule not in shipped_rulebook():
        raise NotThereError(f"rule:{wanted.rule}")
    _refuse_gaps(wanted)
    _refuse_foreign(place, wanted.area)
    row = LocalRule(
        place=place,
        rule=wanted.rule,
        area=wanted.area,
        valid_from=wanted.valid_from,
        valid_to=wanted.valid_to,
        value=_read_back(wanted),
        source=wanted.source,
        source_title="" if wanted.source else wanted.title.strip()[:200],
        source_number="" if wanted.source else wanted.number.strip()[:WORDS],
        source_issuer="" if wanted.source else wanted.issuer.strip()[:WORDS],
        clause=wanted.clause.strip()[:WORDS],
        printed=[each.strip()[:WORDS] for each in wanted.printed if each.strip()][:MOST_PRINTED],
        note=wanted.note.strip()[:LONGER],
        reason=wanted.reason.strip()[:LONGER],
        proposed_by=account,
        proposed_at=timezone.now(),
    )
    _refuse_unusable(row)
    with transaction.atomic():
        row.save()
        _tell(account, "local_rule.suggested", row, reason=row.reason)
    return row


def decide_rule(actor: Actor, key: int, *, is_accepted: bool, words: str = "") -> LocalRule:
    """Accept a proposed value, which holds from then on, or reject it with a reason.

    Raises:
        ServiceError: `rules.own_proposal`: the actor proposed it; `rules.reason_needed`;
            `rules.begins_twice`: a value that begins on the same day became known today;
            `rules.unusable`: the rule has changed since; `rules.looser_unexplained`: it is looser than
            a value of a place above, and the decision does not say why it is accepted.
        WrongStateError: It was decided or withdrawn.
        NotThereError, NotPermittedError: It is not the actor's.
    """
    account = require(actor, Action.RULES_REVIEW)
    with transaction.atomic():
        row = row_for(account, Action.RULES_REVIEW, LocalRule, lock=True, pk=key)
        if row.state != LocalRuleState.PROPOSED:
            raise WrongStateError(row.state)
        if row.proposed_by_id == account.pk:
            raise ServiceError("rules.own_proposal")
        if not is_accepted and not words.strip():
            raise ServiceError("rules.reason_needed")
        if is_accepted:
            Place.objects.select_for_update(of=("self",)).get(pk=row.place_id)
            _refuse_unusable(row)
            _refuse_twin(row)
        found = findings_of(row) if is_accepted else ()
        if not words.strip():
            _refuse_looser(found)
        row.state = LocalRuleState.ACCEPTED if is_accepted else LocalRuleState.REJECTED
        row.decided_by, row.decided_at = account, timezone.now()
        row.decision = words.strip()[:LONGER]
        row.save(update_fields=["state", "decided_by", "decided_at", "decision"])
        _tell(account, f"local_rule.{row.state}", row, reason=row.decision, found=found)
    return row


def withdraw_rule(actor: Actor, key: int, *, reason: str) -> LocalRule:
    """Withdraw a value with a reason: a proposal by who made it, an accepted one by a reviewer.

    What held before holds again from today's knowledge on; what was computed with it keeps its citation.

    Raises:
        ServiceError: `rules.reason_needed`.
        WrongStateError: It was rejected or withdrawn.
        NotThereError, NotPermittedError: It is not the actor's.
    """
    with transaction.atomic():
        row = LocalRule.objects.filter(pk=key).first()
        action = Action.RULES_REVIEW
        if row is not None and row.state == LocalRuleState.PROPOSED:
            action = Action.RULES_PROPOSE
        account = require(actor, action)
        row = row_for(account, action, LocalRule, lock=True, pk=key)
        if row.state not in (LocalRuleState.PROPOSED, LocalRuleState.ACCEPTED):
            raise WrongStateError(row.state)
        if not reason.strip():
            raise ServiceError("rules.reason_needed")
        row.state = LocalRuleState.WITHDRAWN
        row.withdrawn_by, row.withdrawn_at = account, timezone.now()
        row.withdraw_reason = reason.strip()[:LONGER]
        row.save(update_fields=["state", "withdrawn_by", "withdrawn_at", "withdraw_reason"])
        _tell(account, "local_rule.withdrawn", row, reason=row.withdraw_reason)
    return row


def _refuse_gaps(wanted: Proposed) -> None:
    needed: Mapping[str, object] = {
        "clause": wanted.clause.strip(),
        "printed": any(each.strip() for each in wanted.printed),
        "reason": wanted.reason.strip(),
        "source": wanted.source or wanted.title.strip(),
        "issuer": wanted.source or wanted.issuer.strip(),
    }
    for name, there in needed.items():
        if not there:
            raise ServiceError("rules.field_missing", field=name)
    if wanted.valid_to is not None and wanted.valid_to <= wanted.valid_from:
        raise ServiceError("rules.ends_early", day=wanted.valid_to.isoformat())
    if wanted.source:
        known = {source.id: source for source in read_sources(rulebook_folder())}
        if wanted.source not in known:
            raise NotThereError(f"source:{wanted.source}")
        begins = known[wanted.source].effective_on
        if begins is not None and wanted.valid_from < begins and not wanted.note.strip():
            raise ServiceError("rules.before_source", day=begins.isoformat())


def _refuse_foreign(city: Place, area: str) -> None:
    if not area:
        return
    districts = Place.objects.filter(parent=city, to_on__isnull=True).values_list("code", flat=True)
    if len(area) != LEVELS[0] or area not in set(districts):
        raise ServiceError("rules.foreign_area", area=area)


def _read_back(wanted: Proposed) -> Any:
    """Return the value as it is kept: read by the shape of its rule and written again."""
    rule = shipped_rulebook()[wanted.rule]
    try:
        return value_json(read_json_value(rule, wanted.value))
    except RulebookError as error:
        raise ServiceError("rules.bad_value", reason=error.reason) from error


def _refuse_unusable(row: LocalRule) -> None:
    value = local_value(row)
    if value is None:
        raise ServiceError("rules.unusable", field="value", reason="its shape has changed")
    refuse_unusable(value)


def _refuse_twin(row: LocalRule) -> None:
    """Refuse a value beside one that begins on the same day and became known today: neither is later."""
    value = local_value(row)
    today = timezone.localdate()
    for other in rulebook_now(row.place)[row.rule].values:
        is_of_it = value is not None and (other.area, other.valid_from) == (value.area, value.valid_from)
        if is_of_it and other.withdrawn_on is None and other.recorded_on >= today:
            raise ServiceError("rules.begins_twice", day=row.valid_from.isoformat())


def _refuse_looser(found: Sequence[Finding]) -> None:
    for each in found:
        if each.code == LOOSER:
            raise ServiceError("rules.looser_unexplained", **{name: str(said) for name, said in each.values})


def _tell(
    account: Account, action: str, row: LocalRule, *, reason: str, found: Sequence[Finding] = ()
) -> None:
    told = {"findings": [each.code for each in found]} if found else {}
    record_event(
        account,
        action,
        subject=f"local_rule:{row.pk}",
        place=row.place,
        reason=reason,
        after={
            "rule": row.rule,
            "area": row.area,
            "valid_from": row.valid_from.isoformat(),
            "value": row.value,
            "state": row.state,
            **told,
        },
    )
