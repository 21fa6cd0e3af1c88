"""Give the points of a manual criterion of a case, or enter a fact that no ledger holds, with the source."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db import transaction
from django.utils import timezone

from shuiheng.adapters.records.models import Account, CaseAnswer, CasePhase, ProgrammeCase
from shuiheng.adapters.rulebook.conditions import FLAG
from shuiheng.adapters.rulebook.programme_words import programme_words
from shuiheng.programmes.kind import ProgrammeKind
from shuiheng.services.cases.case_act import case_in_hand
from shuiheng.services.cases.case_actors import actors_for
from shuiheng.services.cases.case_course import kind_of
from shuiheng.services.cases.keep_case import tell_case
from shuiheng.services.cases.keep_score import keep_score
from shuiheng.services.cases.living import judge_now
from shuiheng.services.cases.score_case import (
    CRITERION,
    FACT,
    manual_points,
    read_answer,
    score_case,
    scored_facts,
)
from shuiheng.services.errors import ServiceError
from shuiheng.services.permission import Action, Actor, require
from shuiheng.services.scope import roles_over

LONGEST_VALUE, LONGEST_SOURCE = 80, 300
ALIVE = (CasePhase.PLANNED, CasePhase.UNDER_WAY, CasePhase.REACHED)


@dataclass(frozen=True, slots=True, kw_only=True)
class GivenAnswer:
    """An answer as a person gives it.

    Args:
        sort: `criterion` for the points of a manual criterion, `fact` for a fact.
        name: Id of the criterion, or name of the fact.
        value: Points, a number, `yes` or `no`, or a word; empty takes the standing answer back.
    """

    sort: str
    name: str
    value: str


def answer_case(
    actor: Actor, key: int, answers: list[GivenAnswer], *, source: str, on: date | None = None
) -> list[CaseAnswer]:
    """Give answers about a case, with where they come from; a later one takes the place of an earlier one.

    Those who end a scored step, and those who review, may; the unit itself hands in evidence.

    Args:
        actor: Who gives them.
        key: The case.
        answers: The answers; one that stands already is passed over.
        source: What they rest on, such as the record of the visit.
        on: The day from which they hold; None for today.

    Raises:
        ServiceError: `cases.source_needed`, `cases.bad_answer`, `cases.no_such_answer`,
            `programmes.bad_points`, `programmes.wrong_phase`, `cases.future_day`, `cases.not_your_step`.
        NotThereError, NotPermittedError: The case is not the actor's.
    """
    account = require(actor, Action.CASES_STEP)
    said, today = source.strip()[:LONGEST_SOURCE], timezone.localdate()
    day = on or today
    if not said:
        raise ServiceError("cases.source_needed")
    if day > today:
        raise ServiceError("cases.future_day", day=day.isoformat())
    with transaction.atomic():
        row = case_in_hand(account, Action.CASES_STEP, key, known=None)
        kind = kind_of(row)
        _refuse(account, row, kind)
        for each in answers:
            _refuse_answer(kind, each)
        new = [each for each in answers if _supersedes(row, each, said, day)]
        changed = [_keep(account, row, each, said, day) for each in new if each.value]
        if new:
            names = ", ".join(each.name for each in new)
            tell_case(account, row, "case.answered", names=names[:LONGEST_SOURCE])
            keep_score(row, score_case(row, today), today)
            judge_now(row)
    return changed


def may_answer(account: Account, row: ProgrammeCase) -> bool:
    """Return whether an account may answer for a case: one that reviews it, or ends a step that is scored."""
    kind = kind_of(row)
    scoring = {word for step in kind.steps if step.needs_score for word in step.who}
    is_scorer = bool(scoring & actors_for(account, row))
    return is_scorer or bool(roles_over(account, Action.CASES_REVIEW, row))


def _refuse(account: Account, row: ProgrammeCase, kind: ProgrammeKind) -> None:
    if row.phase not in ALIVE:
        raise ServiceError("programmes.wrong_phase", event="answer", phase=row.phase)
    if not may_answer(account, row):
        step = next((each for each in kind.steps if each.needs_score), kind.steps[0])
        raise ServiceError("cases.not_your_step", step=step.id, who=", ".join(step.who))


def _refuse_answer(kind: ProgrammeKind, answer: GivenAnswer) -> None:
    points = manual_points(kind)
    is_known = answer.name in (points if answer.sort == CRITERION else scored_facts(kind))
    if answer.sort not in (CRITERION, FACT) or not is_known:
        raise ServiceError("cases.no_such_answer", name=answer.name[:LONGEST_VALUE])
    if not answer.value:
        return
    value = read_answer(answer.sort, answer.name, answer.value)
    if value is None or len(answer.value) > LONGEST_VALUE:
        raise ServiceError("cases.bad_answer", name=answer.name, value=answer.value[:LONGEST_VALUE])
    if answer.sort == CRITERION and isinstance(value, Decimal) and not 0 <= value <= points[answer.name]:
        most = str(points[answer.name])
        raise ServiceError("programmes.bad_points", criterion=answer.name, given=answer.value, most=most)


def _supersedes(row: ProgrammeCase, answer: GivenAnswer, source: str, on: date) -> bool:
    """Return whether an answer says what does not stand yet; then the one that stands is superseded."""
    standing = row.answers.filter(sort=answer.sort, name=answer.name, superseded_at__isnull=True).first()
    if standing is None:
        return bool(answer.value)
    if (standing.value, standing.source, standing.on) == (answer.value, source, on):
        return False
    standing.superseded_at = timezone.now()
    standing.save(update_fields=["superseded_at"])
    return True


def _keep(account: Account, row: ProgrammeCase, answer: GivenAnswer, source: str, on: date) -> CaseAnswer:
    return CaseAnswer.objects.create(
        case=row,
        sort=answer.sort,
        name=answer.name,
        value=answer.value,
        source=source,
        on=on,
        given_by=account,
        given_at=timezone.now(),
    )


def choices_of(name: str) -> list[str]:
    """Return the words that a fact can be; nothing for a number."""
    word = programme_words().facts[name]
    return ["yes", "no"] if word.form == FLAG else list(word.choices)
