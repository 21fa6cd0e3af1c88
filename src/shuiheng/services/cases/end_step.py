"""End a step of a case: it goes on, goes back or is refused (办结环节)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from django.db import IntegrityError, transaction
from django.utils import timezone

from shuiheng.adapters.records.models import Account, ProgrammeCase
from shuiheng.adapters.rulebook.programme_words import programme_words
from shuiheng.programmes.errors import CaseError
from shuiheng.programmes.events import NO_AMOUNTS, StepEnded
from shuiheng.programmes.kind import RECHECK, UPGRADE, ProgrammeKind, StepKind, StepOutcome
from shuiheng.programmes.terms import term_of, valid_until
from shuiheng.rules.parameter import Asked
from shuiheng.services.cases.case_act import case_in_hand, word_of_actor
from shuiheng.services.cases.case_course import kind_of
from shuiheng.services.cases.earlier_round import set_points_aside
from shuiheng.services.cases.keep_case import add_event, tell_case
from shuiheng.services.cases.keep_score import keep_score
from shuiheng.services.cases.living import judge_now
from shuiheng.services.cases.score_case import score_case
from shuiheng.services.cases.tell_parties import tell_parties
from shuiheng.services.document_numbers import LONGEST_MARK, next_number
from shuiheng.services.errors import ServiceError
from shuiheng.services.permission import Action, Actor, require
from shuiheng.services.rules.rulebook_now import area_of_city, rulebook_now

LONGEST_REASON, LONGEST_NUMBER = 500, 80
_TOLD = {
    StepOutcome.GO_ON: "case.step_ended",
    StepOutcome.RETURN: "case.returned",
    StepOutcome.REFUSE: "case.refused",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class EndedStep:
    """The end of a step as a person enters it.

    Args:
        step: The step.
        actor: As whom; empty for the first word of the step that is the person's own.
        outcome: How it ends.
        on: The day; None for today.
        reason: Why it is returned or refused.
        number: Number of the certificate or record; empty for the next one of the city.
        level: The level that is given; empty for the one that was aimed at.
        valid_until: Last day of what is given, where no rule and no kind says for how long it holds.
        amounts: What the case adds, by measure.
    """

    step: str
    actor: str = ""
    outcome: StepOutcome = StepOutcome.GO_ON
    on: date | None = None
    reason: str = ""
    number: str = ""
    level: str = ""
    valid_until: date | None = None
    amounts: Mapping[str, Decimal] = field(default_factory=lambda: NO_AMOUNTS)


def end_case_step(actor: Actor, key: int, ended: EndedStep, *, known: int | None = None) -> ProgrammeCase:
    """End a step of a case (办结环节).

    Until when a result holds is what the rule of the place says on the day, and the levels that are passed
    are what the score says on the day; both are written into the event, so that later rules do not move them.

    Args:
        actor: Who ends it.
        key: The case.
        ended: How.
        known: How many events the page knew; None for not from a page.

    Raises:
        ServiceError: `cases.stale`, `cases.not_your_step`, `cases.number_needed`, `cases.number_taken`,
            `cases.future_day`, or the code of the CaseError for which the step cannot end so.
        NotThereError, NotPermittedError: The case is not the actor's.
    """
    account = require(actor, Action.CASES_STEP)
    with transaction.atomic():
        row = case_in_hand(account, Action.CASES_STEP, key, known=known)
        kind = kind_of(row)
        step = step_of(kind, ended.step)
        word = word_of_actor(account, row, step.who, step=step.id, given=ended.actor)
        was_reached = row.reached_on is not None
        event = _event(account, row, step, word, ended)
        _refuse_taken(row, event.number)
        try:
            with transaction.atomic():
                add_event(account, row, event)
        except IntegrityError as error:
            raise ServiceError("cases.number_taken", number=event.number) from error
        said = {"step": step.id, "actor_word": event.actor, **_set_aside(row, step, event)}
        tell_case(account, row, _TOLD[event.outcome], reason=event.reason, **said)
        _tell(account, row, kind, event, was_reached=was_reached)
        if row.reached_on is not None:
            judge_now(row)
    return row


def _set_aside(row: ProgrammeCase, step: StepKind, event: StepEnded) -> dict[str, str]:
    """Let points of an earlier round count no more when a case is sent back; say of which criteria."""
    if event.outcome is not StepOutcome.RETURN:
        return {}
    names = set_points_aside(row, step, event.on)
    return {"set_aside": ", ".join(names)[:LONGEST_REASON]} if names else {}


def step_of(kind: ProgrammeKind, name: str) -> StepKind:
    """Return a step of a kind.

    Raises:
        ServiceError: `programmes.unknown_step`.
    """
    try:
        return kind.step(name)
    except CaseError as error:
        raise ServiceError(error.code, **error.values) from error


def _event(account: Account, row: ProgrammeCase, step: StepKind, word: str, ended: EndedStep) -> StepEnded:
    kind, on = kind_of(row), ended.on or timezone.localdate()
    goes_on = ended.outcome is StepOutcome.GO_ON
    return StepEnded(
        on=on,
        by=str(account.pk),
        actor=word,
        step=step.id,
        outcome=ended.outcome,
        reason=ended.reason.strip()[:LONGEST_REASON],
        number=_number(row, step, word, ended.number, on) if goes_on else "",
        level=ended.level if goes_on else "",
        valid_until=_until(row, kind, step, ended, on) if goes_on else None,
        amounts=ended.amounts,
        passed_levels=_passed(row, on) if goes_on and step.needs_score else frozenset(),
    )


def _passed(row: ProgrammeCase, on: date) -> frozenset[str]:
    """Return the levels of which the score surely reaches the mark on a day, and keep that score."""
    score = score_case(row, on)
    keep_score(row, score, on)
    return frozenset() if score is None else score.passed_levels


def _until(
    row: ProgrammeCase, kind: ProgrammeKind, step: StepKind, ended: EndedStep, on: date
) -> date | None:
    if step.id not in (kind.result.step, RECHECK, UPGRADE):
        return None
    asked = Asked(area=area_of_city(row.place), on=on)
    term = term_of(kind.result.validity, rulebook_now(row.place), asked)
    return ended.valid_until if term is None else valid_until(on, term)


def _number(row: ProgrammeCase, step: StepKind, word: str, typed: str, on: date) -> str:
    """Return the number of a record; where a city gives it and none was typed, the next of its series.

    What somebody outside gives, such as the province, has a number of theirs, which has to be typed.
    """
    given = typed.strip()[:LONGEST_NUMBER]
    if given or not step.needs_number:
        return given
    is_own = bool(programme_words().actors[word].roles) and step.id != UPGRADE
    if not is_own:
        raise ServiceError("cases.number_needed", step=step.id)
    mark = "".join(sign for sign in kind_of(row).names["zh"] if sign.isalpha())[:LONGEST_MARK]
    found = str(next_number(row.place, mark, on.year))
    while _is_taken(row, found):
        found = str(next_number(row.place, mark, on.year))
    return found


def _refuse_taken(row: ProgrammeCase, number: str) -> None:
    if number and _is_taken(row, number):
        raise ServiceError("cases.number_taken", number=number)


def _is_taken(row: ProgrammeCase, number: str) -> bool:
    same = ProgrammeCase.objects.filter(place=row.place, kind=row.kind, number=number)
    return same.exclude(pk=row.pk).exists()


def _tell(
    account: Account, row: ProgrammeCase, kind: ProgrammeKind, event: StepEnded, *, was_reached: bool
) -> None:
    """Write to those whose case it is when it goes back, is refused, or reached what it was opened for."""
    mark = f"{row.event_count}"
    blanks = {"step": _zh(kind, event.step), "reason": event.reason}
    if event.outcome is StepOutcome.RETURN:
        tell_parties(row, "case_returned", mark, blanks, by=account)
    elif event.outcome is StepOutcome.REFUSE:
        tell_parties(row, "case_refused", mark, blanks, by=account)
    elif row.reached_on is not None and not was_reached:
        tell_parties(row, "case_reached", mark, {"number": row.number or "—"}, by=account)


def _zh(kind: ProgrammeKind, step: str) -> str:
    return kind.step(step).names["zh"]
