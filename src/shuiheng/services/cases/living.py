"""Whether what was reached still holds by what readings say now (动态管理), kept beside each case.

No award is only a plate on a wall: whoever is at risk is told, once, and told again when it holds.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from shuiheng.adapters.records.models import CaseHolding, CasePhase, Place, ProgrammeCase
from shuiheng.programmes.case import CaseState, LevelReached, Phase
from shuiheng.programmes.events import Opened
from shuiheng.programmes.kind import ProgrammeKind
from shuiheng.programmes.living import Holding, LivingStatus, living_status
from shuiheng.programmes.scoring import Score
from shuiheng.rules.in_force import Rulebook
from shuiheng.services.cases.case_course import kind_of
from shuiheng.services.cases.keep_score import KEPT_SCORE, set_score
from shuiheng.services.cases.score_case import Facts, case_facts, scores_of
from shuiheng.services.cases.tell_parties import tell_parties
from shuiheng.services.errors import UnreadableKindError
from shuiheng.services.events import record_event
from shuiheng.services.rules.rulebook_now import rulebook_now

AT_ONCE = 500
KEPT_LIVING = ("holding", "risks", "judged_on", *KEPT_SCORE)
MARK = "mark"
"""Under this word a risk names the score as a whole, which is below its mark."""
TURNS = {
    Holding.AT_RISK: "case.at_risk",
    Holding.EXPIRED: "case.expired",
    Holding.RECHECK_DUE: "case.recheck_due",
    Holding.VALID: "case.holds_again",
}
WORSE = (CaseHolding.AT_RISK.value, CaseHolding.EXPIRED.value, CaseHolding.RECHECK_DUE.value)


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """A case with how its result holds.

    Args:
        row: The case.
        status: How it holds.
        score: The score by what is known, or None.
        risks: What breaks, as it is kept.
        was: How it held before.
    """

    row: ProgrammeCase
    status: LivingStatus
    score: Score | None
    risks: list[dict[str, Any]]
    was: str

    @property
    def has_turned(self) -> bool:
        """Return whether it holds otherwise than before; becoming valid is one only after something worse."""
        now = self.status.holding.value
        return now != self.was and (now in WORSE or self.was in WORSE)


def judge_now(row: ProgrammeCase) -> None:
    """Judge one reached case today, keep what follows and tell it; the caller has locked the case."""
    if row.phase == CasePhase.REACHED:
        today = timezone.localdate()
        keep_judged(judge_cases(row.place, [row], today, book=rulebook_now(row.place)), today)


def judge_cases(place: Place, rows: Sequence[ProgrammeCase], on: date, *, book: Rulebook) -> list[Judged]:
    """Return how the results of reached cases of a city hold on a day, in few queries for each kind.

    Those of a version that this program can no longer read are left as they were.
    """
    by_kind: dict[tuple[str, int], list[ProgrammeCase]] = {}
    for row in rows:
        by_kind.setdefault((row.kind, row.kind_version), []).append(row)
    found: list[Judged] = []
    for some in by_kind.values():
        try:
            kind = kind_of(some[0])
        except UnreadableKindError:  # the pages of these cases say it; all others are judged
            continue
        scores = scores_of(place, kind, some, on, book=book)
        judged = [_judged(row, scores[row.pk], on) for row in some]
        broken = [each.row for each in judged if each.status.broken]
        facts = case_facts(place, kind, broken, on) if broken else {}
        found += [_with_reasons(each, kind, facts.get(each.row.pk, {})) for each in judged]
    return found


def keep_judged(judged: Sequence[Judged], on: date) -> int:
    """Keep how cases hold, and tell those that turned; return how many turned.

    A case to which something happened since it was read is left for the next round.
    """
    turned = 0
    for start in range(0, len(judged), AT_ONCE):
        some = judged[start : start + AT_ONCE]
        with transaction.atomic():
            _keep_quiet([each for each in some if not each.has_turned], on)
            turned += sum(_turn(each, on) for each in some if each.has_turned)
    return turned


def _judged(row: ProgrammeCase, score: Score | None, on: date) -> Judged:
    status = living_status(_as_state(row), on=on, score=score, recheck_due_on=row.recheck_on)
    return Judged(row=row, status=status, score=score, risks=[], was=row.holding)


def _as_state(row: ProgrammeCase) -> CaseState:
    """Return what the kept columns of a reached case say of it; its events say the same."""
    opened = Opened(
        on=row.opened_on,
        by=str(row.made_by_id),
        subject=row.subject_key,
        district=str(row.district_id),
        level=row.level,
    )
    levels = () if row.reached_on is None else (LevelReached(level=row.reached_level, on=row.reached_on),)
    return CaseState(
        opened=opened, phase=Phase(row.phase), last_on=row.last_on, levels=levels, valid_until=row.valid_until
    )


def _with_reasons(judged: Judged, kind: ProgrammeKind, facts: Facts) -> Judged:
    """Return a judged case with each criterion that breaks and the facts by which it does."""
    risks: list[dict[str, Any]] = [
        {
            "criterion": line.criterion.id,
            "facts": [
                [name, _plain(facts[name].value), facts[name].origin]
                for name in sorted(line.criterion.facts)
                if name in facts
            ],
        }
        for line in judged.status.broken
    ]
    if judged.status.is_below_mark and judged.score is not None:
        mark = judged.score.criteria.pass_marks[judged.row.reached_level]
        risks.append({"criterion": MARK, "facts": [["score", str(judged.score.highest), str(mark)]]})
    return Judged(row=judged.row, status=judged.status, score=judged.score, risks=risks, was=judged.was)


def _plain(value: object) -> str:
    return {True: "yes", False: "no"}[value] if isinstance(value, bool) else str(value)


def _keep_quiet(judged: Sequence[Judged], on: date) -> None:
    """Keep what is known of cases that did not turn; most of them stand as they stood the night before."""
    kept = [(each.row.risks, each.row.score_lowest, each.row.score_highest) for each in judged]
    rows = [_set(each, on) for each in judged]
    changed = [
        row
        for row, before in zip(rows, kept, strict=True)
        if before != (row.risks, row.score_lowest, row.score_highest)
    ]
    if changed:
        ProgrammeCase.objects.bulk_update(changed, ["risks", "score_lowest", "score_highest"])
    same = ProgrammeCase.objects.filter(pk__in=[row.pk for row in rows])
    same.update(judged_on=on)
    same.filter(score_lowest__isnull=False).update(scored_on=on)


def _set(judged: Judged, on: date) -> ProgrammeCase:
    row = judged.row
    row.holding, row.risks, row.judged_on = judged.status.holding.value, judged.risks, on
    set_score(row, judged.score, on)
    return row


def _turn(judged: Judged, on: date) -> bool:
    """Keep and tell a case that turned; return whether it did, and was not changed by somebody meanwhile."""
    row = _set(judged, on)
    kept: Mapping[str, Any] = {name: getattr(row, name) for name in KEPT_LIVING}
    same = ProgrammeCase.objects.filter(pk=row.pk, event_count=row.event_count, phase=CasePhase.REACHED)
    if not same.update(**kept):
        return False
    record_event(
        None,
        TURNS[judged.status.holding],
        subject=f"case:{row.pk}",
        place=row.place,
        before={"holding": judged.was},
        after={"holding": row.holding, "risks": [each["criterion"] for each in row.risks]},
    )
    _tell(judged, on)
    return True


def _tell(judged: Judged, on: date) -> None:
    row, holding = judged.row, judged.status.holding
    blanks = {
        "reasons": "；".join(risk_names(kind_of(row), row.risks)),
        "day": _day(row.valid_until if holding is Holding.EXPIRED else row.recheck_on),
    }
    message = TURNS[holding].replace(".", "_")
    tell_parties(row, message, on.isoformat(), blanks)


def risk_names(kind: ProgrammeKind, risks: Sequence[Mapping[str, Any]], language: str = "zh") -> list[str]:
    """Return the names of the criteria that break; the score as a whole has a name of its own."""
    leaves = kind.criteria.leaves() if kind.criteria is not None else ()
    names = {leaf.id: leaf.names[language] for leaf in leaves}
    names[MARK] = {"zh": "评分低于合格分", "en": "Score below the mark"}[language]
    return [names.get(each["criterion"], each["criterion"]) for each in risks]


def _day(day: date | None) -> str:
    return "—" if day is None else day.isoformat()
