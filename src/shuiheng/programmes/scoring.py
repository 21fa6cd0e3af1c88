"""The score of a case (评分): bounds by what is known, with every point written out.

What is unknown lies between nothing and all of its points. A case passes only when the lowest possible
score does and no veto is open; it fails when the highest does not; in between it is open, and what is missing
is named.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from shuiheng.kernel.citation import Citation
from shuiheng.kernel.derivation import Derived, Step, Term
from shuiheng.programmes.criteria import NO_LEVEL, Absent, Criteria, Criterion, CriterionRule
from shuiheng.programmes.errors import NothingAskedError
from shuiheng.programmes.kind import ProgrammeKind
from shuiheng.programmes.points import PointBounds, points_of
from shuiheng.rules.conditions import Ground, Truth, judge

NOTHING = Decimal(0)
FINEST = Decimal("1E-9")  # what divisions such as 1 ÷ 3 leave over is smaller, and no reason to fail


class Verdict(StrEnum):
    """What a score comes to: it surely passes, it surely fails, or it hangs on what is missing."""

    PASSED = "passed"
    FAILED = "failed"
    OPEN = "open"


@dataclass(frozen=True, slots=True, kw_only=True)
class CriterionScore:
    """What a criterion gives (得分).

    Args:
        criterion: The criterion.
        is_concerned: Whether it concerns the subject; None while that is unknown.
        points: Between what its points lie; for a veto nothing.
        truth: For a veto, whether it holds; `unsaid` for every other.
        citation: Its clause.
    """

    criterion: Criterion
    is_concerned: bool | None
    points: PointBounds
    truth: Truth
    citation: Citation


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """The score of a subject by the criteria of a kind (评分).

    Args:
        lines: Each criterion that is asked on the day.
        lowest: The score when everything that is unknown gives nothing.
        highest: The score when it gives all.
        criteria: The criteria.
        sure: The lowest score with its arithmetic.
    """

    lines: tuple[CriterionScore, ...]
    lowest: Decimal
    highest: Decimal
    criteria: Criteria
    sure: Derived

    @property
    def missing(self) -> tuple[str, ...]:
        """Return the names of the facts and rules that are missing, each once, in the order of the tree."""
        return tuple(dict.fromkeys(name for line in self.lines for name in line.points.missing))

    @property
    def vetoes(self) -> tuple[CriterionScore, ...]:
        """Return the vetoes that are broken."""
        return tuple(line for line in self.lines if line.truth is Truth.BREAKS)

    @property
    def passed_levels(self) -> frozenset[str]:
        """Return the levels at which it surely passes; the empty word for a kind without levels."""
        return frozenset(level for level in self.criteria.pass_marks if self.verdict(level) is Verdict.PASSED)

    def verdict(self, level: str = NO_LEVEL) -> Verdict:
        """Return whether it passes at a level; the empty word for a kind without levels."""
        mark = self.criteria.pass_marks[level]
        if self.vetoes or self.highest < mark:
            return Verdict.FAILED
        is_open = any(line.truth is Truth.UNKNOWN for line in self.lines)
        return Verdict.PASSED if self.lowest >= mark and not is_open else Verdict.OPEN


def score_of(kind: ProgrammeKind, criteria: Criteria, ground: Ground) -> Score:
    """Return the score of a subject on the day of `ground` (评分).

    A criterion that does not concern the subject is left out and the rest scaled up, or given in full, as the
    criteria say. While it is unknown whether it does, it is taken in with nothing and with all of its points:
    the true score lies between.

    Raises:
        NothingAskedError: No criterion concerns the subject on that day.
        BadPointsError: Somebody gave more points than a criterion has.
    """
    asked = [leaf for leaf in criteria.leaves() if leaf.is_asked_on(ground.asked.on)]
    lines = tuple(_line(kind, criteria, leaf, ground) for leaf in asked)
    base = sum((line.criterion.points for line in _counted(lines, criteria)), NOTHING)
    if not base:
        raise NothingAskedError(kind.id, ground.asked.on)
    sure = _derived(lines, criteria, base)
    most = sum((line.points.most for line in _counted(lines, criteria)), NOTHING)
    bonus = _bonus((line.points.most for line in lines if line.criterion.is_bonus), criteria)
    return Score(
        lines=lines,
        lowest=sure.value,
        highest=_even(most * criteria.full / base + bonus),
        criteria=criteria,
        sure=sure,
    )


def _line(kind: ProgrammeKind, criteria: Criteria, leaf: Criterion, ground: Ground) -> CriterionScore:
    applies = judge(leaf.applies, ground)
    is_concerned = _CONCERNED[applies.truth]
    truth, points = Truth.UNSAID, PointBounds(least=NOTHING, most=NOTHING)
    if leaf.rule is CriterionRule.VETO:
        if is_concerned is not False:
            truth, points = _veto(leaf, ground, is_concerned=is_concerned, doubts=applies.missing)
    elif is_concerned:
        points = points_of(leaf, ground)
    elif is_concerned is None:
        points = PointBounds(least=NOTHING, most=leaf.points, missing=applies.missing)
    elif criteria.absent is Absent.FULL and not leaf.is_bonus:
        points = PointBounds(least=leaf.points, most=leaf.points)
    basis = leaf.basis or criteria.basis
    return CriterionScore(
        criterion=leaf,
        is_concerned=is_concerned,
        points=points,
        truth=truth,
        citation=basis.cited_by(f"programmes/{kind.id}/{leaf.id}"),
    )


_CONCERNED = {Truth.HOLDS: True, Truth.UNSAID: False, Truth.BREAKS: False, Truth.UNKNOWN: None}


def _veto(
    leaf: Criterion, ground: Ground, *, is_concerned: bool | None, doubts: tuple[str, ...]
) -> tuple[Truth, PointBounds]:
    """Return whether a veto holds; one that may not concern the subject is never broken, only open."""
    judged = judge(leaf.passes, ground)
    truth = Truth.HOLDS if judged.truth is Truth.UNSAID else judged.truth
    if is_concerned is None and truth is not Truth.HOLDS:
        truth = Truth.UNKNOWN
    missing = (*doubts, *judged.missing) if truth is Truth.UNKNOWN else ()
    return truth, PointBounds(least=NOTHING, most=NOTHING, missing=missing)


def _counted(lines: Iterable[CriterionScore], criteria: Criteria) -> list[CriterionScore]:
    """Return the lines whose points make up the full mark for this subject."""
    keeps_all = criteria.absent is Absent.FULL
    return [
        line
        for line in lines
        if not line.criterion.is_bonus and (keeps_all or line.is_concerned is not False)
    ]


def _bonus(points: Iterable[Decimal], criteria: Criteria) -> Decimal:
    given = sum(points, NOTHING)
    return given if criteria.most_bonus is None else min(given, criteria.most_bonus)


def _derived(lines: tuple[CriterionScore, ...], criteria: Criteria, base: Decimal) -> Derived:
    """Return the lowest score with its steps: one for each criterion, the sum, the scaling and the bonus."""
    counted = _counted(lines, criteria)
    steps = [_step(line) for line in lines if line.criterion.points]
    given = sum((line.points.least for line in counted), NOTHING)
    steps.append(
        Step(
            name="points_given",
            terms=tuple(_term(line) for line in counted if line.criterion.points),
            formula=" + ".join(str(line.points.least) for line in counted if line.criterion.points),
            value=given,
            unit="points",
        )
    )
    scaled = given * criteria.full / base
    bonus = _bonus((line.points.least for line in lines if line.criterion.is_bonus), criteria)
    score = _even(scaled + bonus)
    steps.append(
        Step(
            name="score",
            terms=(
                Term(name="points_given", value=given, unit="points"),
                Term(name="points_asked", value=base, unit="points"),
                Term(name="points_bonus", value=bonus, unit="points"),
            ),
            formula=f"{given} × {criteria.full} ÷ {base} + {bonus}",
            value=score,
            unit="points",
        )
    )
    return Derived(value=score, unit="points", steps=tuple(steps))


def _even(score: Decimal) -> Decimal:
    """Return a score without what divisions leave over: three thirds are a whole."""
    rounded = score.quantize(FINEST)
    return score if rounded == score else rounded


def _term(line: CriterionScore) -> Term:
    return Term(
        name="criterion", value=line.points.least, unit="points", label=line.criterion.names.get("zh", "")
    )


def _step(line: CriterionScore) -> Step:
    points = line.points
    return Step(
        name="criterion",
        terms=points.terms,
        formula=points.formula or str(points.least),
        value=points.least,
        unit="points",
        citation=line.citation,
        label=line.criterion.names.get("zh", ""),
    )
