"""What the office decides of an application: checked by one person, approved by another, or refused."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from shuiheng.adapters.records.models import Account, Award, AwardScheme, AwardState, WaterUser
from shuiheng.services.awards.ask_award import derived_award, keep_amount, tell_award
from shuiheng.services.awards.budget import refuse_over_budget
from shuiheng.services.awards.conditions import Verdict, checked_conditions, kept_verdict
from shuiheng.services.awards.known_facts import known_facts
from shuiheng.services.awards.same_subject import entries_of, is_granted, twin_of
from shuiheng.services.awards.tell_applicant import tell_applicant
from shuiheng.services.awards.terms import read_terms
from shuiheng.services.errors import ServiceError
from shuiheng.services.permission import Action, Actor, may, require
from shuiheng.services.scope import row_for, sight

LONGEST = 300
CHECKABLE = (AwardState.ASKED, AwardState.CHECKED)


def check_award(actor: Actor, key: int) -> Award:
    """Hold an application against the conditions, the rules of its amount and other awards for the same.

    What was found is kept with it; checked again before it is approved, it is found anew.

    Raises:
        ServiceError: `awards.wrong_state`; `awards.unknown_figure`, `awards.no_rule`, `awards.bad_rule`:
            its amount cannot be found.
        NotThereError, NotPermittedError: It is not the actor's.
    """
    account = require(actor, Action.AWARDS_KEEP)
    with transaction.atomic():
        award = _locked(account, Action.AWARDS_KEEP, key, CHECKABLE)
        seen, terms = sight(account, Action.AWARDS_KEEP), read_terms(award.scheme.terms)
        keep_amount(award, derived_award(seen, award))
        facts = known_facts(seen, award.user, terms.use_year)
        award.checks = checked_conditions(terms.conditions, facts)
        award.twin = twin_of(award)
        award.state, award.checked_by, award.checked_at = AwardState.CHECKED, account, timezone.now()
        award.save()
        tell_award(account, award, "award.checked")
    return award


def approve_award(actor: Actor, key: int, *, reason: str = "", twin_reason: str = "") -> Award:
    """Approve a checked application; it takes another person than those who asked for it and checked it.

    Args:
        actor: Who approves.
        key: The award.
        reason: Why, where a condition is not known.
        twin_reason: Why it is no second payment, where another award for the same was granted.

    Raises:
        ServiceError: `awards.wrong_state`; `awards.own_award`; `awards.not_eligible`;
            `awards.unknown_needs_reason`; `awards.trial`, its amount rests on an unchecked value;
            `awards.paid_twice`; `awards.over_budget`.
        NotThereError, NotPermittedError: It is not the actor's.
    """
    account = require(actor, Action.AWARDS_RELEASE)
    with transaction.atomic():
        found = row_for(account, Action.AWARDS_RELEASE, Award, pk=key)
        _lock_entries(found)
        scheme = row_for(account, Action.AWARDS_RELEASE, AwardScheme, lock=True, pk=found.scheme_id)
        award = _locked(account, Action.AWARDS_RELEASE, key, (AwardState.CHECKED,))
        if account.pk in (award.asked_by_id, award.checked_by_id):
            raise ServiceError("awards.own_award")
        _refuse_unfit(award, reason)
        award.twin, award.twin_reason = twin_of(award), ""
        if is_granted(award.twin):
            award.twin_reason = twin_reason.strip()[:LONGEST]
            if not award.twin_reason:
                raise ServiceError("awards.paid_twice")
        if award.amount_yuan is None:
            raise ServiceError("awards.unknown_figure", field="award")
        refuse_over_budget(scheme, award.amount_yuan)
        award.state, award.approved_by, award.approved_at = AwardState.APPROVED, account, timezone.now()
        award.decision = reason.strip()[:LONGEST]
        award.save()
        tell_award(account, award, "award.approved", reason=award.decision or award.twin_reason)
        tell_applicant(account, award)
    return award


def reject_award(actor: Actor, key: int, *, reason: str) -> Award:
    """Refuse an application with a reason.

    Raises:
        ServiceError: `awards.wrong_state`; `awards.reason_needed`.
        NotThereError, NotPermittedError: It is not the actor's.
    """
    action = Action.AWARDS_RELEASE if may(actor, Action.AWARDS_RELEASE) else Action.AWARDS_KEEP
    return _end(actor, action, key, (AwardState.REJECTED, reason, CHECKABLE))


def withdraw_award(actor: Actor, key: int, *, reason: str) -> Award:
    """Take an application back before it is approved: the user its own, the office any of its city.

    Raises:
        ServiceError: `awards.wrong_state`; `awards.reason_needed`.
        NotThereError, NotPermittedError: It is not the actor's.
    """
    action = Action.AWARDS_KEEP if may(actor, Action.AWARDS_KEEP) else Action.AWARDS_ASK
    return _end(actor, action, key, (AwardState.WITHDRAWN, reason, CHECKABLE))


def revoke_award(actor: Actor, key: int, *, reason: str) -> Award:
    """Take an approval back before it is paid; what it bound of the budget is free again.

    Raises:
        ServiceError: `awards.wrong_state`; `awards.reason_needed`.
        NotThereError, NotPermittedError: It is not the actor's.
    """
    return _end(actor, Action.AWARDS_RELEASE, key, (AwardState.WITHDRAWN, reason, (AwardState.APPROVED,)))


def _end(
    actor: Actor, action: Action, key: int, how: tuple[AwardState, str, tuple[AwardState, ...]]
) -> Award:
    """End an award in a state, for a reason, when it is in one of the states from which that can be."""
    account = require(actor, action)
    state, reason, states = how
    with transaction.atomic():
        award = _locked(account, action, key, states)
        if not reason.strip():
            raise ServiceError("awards.reason_needed")
        award.state, award.ended_by, award.ended_at = state, account, timezone.now()
        award.decision = reason.strip()[:LONGEST]
        award.save(update_fields=["state", "ended_by", "ended_at", "decision"])
        tell_award(account, award, f"award.{state.value}", reason=award.decision)
        if action is not Action.AWARDS_ASK:
            tell_applicant(account, award)
    return award


def _lock_entries(award: Award) -> None:
    """Lock all entries of the user, so that two awards for the same cannot be approved at once."""
    list(WaterUser.objects.select_for_update().filter(pk__in=entries_of(award.user)).order_by("pk"))


def _refuse_unfit(award: Award, reason: str) -> None:
    """Refuse what the conditions do not bear, and amounts that rest on a value that nobody checked."""
    verdict = kept_verdict(award.checks)
    if verdict is Verdict.NO:
        raise ServiceError("awards.not_eligible")
    if verdict is Verdict.UNKNOWN and not reason.strip():
        raise ServiceError("awards.unknown_needs_reason")
    if award.is_trial:
        raise ServiceError("awards.trial")


def _locked(account: Account, action: Action, key: int, states: tuple[AwardState, ...]) -> Award:
    award = row_for(account, action, Award, lock=True, pk=key)
    if award.state not in states:
        raise ServiceError("awards.wrong_state")
    return award
