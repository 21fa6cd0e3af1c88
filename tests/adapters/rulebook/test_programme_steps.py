"""Steps and results of programmes: what is read and what is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from adapters.rulebook.programme_files import GOOD, folder_with
from shuiheng.adapters.rulebook.errors import RulebookError
from shuiheng.adapters.rulebook.programmes import read_programmes
from shuiheng.kernel.term import Term, TermUnit
from shuiheng.programmes.kind import (
    WITHOUT_END,
    Deadline,
    EvidenceNeed,
    Lasting,
    ProgrammeKind,
    StepOutcome,
)


def _read(tmp_path: Path, kind: str = GOOD) -> ProgrammeKind:
    return read_programmes(folder_with(tmp_path, kind=kind))["model"]


def test_steps_are_read_with_evidence_deadline_and_persons(tmp_path: Path) -> None:
    applied, review, award = _read(tmp_path).steps
    assert applied.deadline == Deadline(month_day=(11, 30))
    assert applied.evidence == (
        EvidenceNeed(kind="report", names={"zh": "报告", "en": "Report"}, least=2, is_reviewed=True),
    )
    assert review.deadline == Deadline(term=Term(count=20, unit=TermUnit.WORKDAYS), after="apply")
    assert (review.returns_to, review.other_than) == ("apply", ("apply",))
    assert (review.outcomes, review.needs_score) == (frozenset(StepOutcome), True)
    assert (award.outcomes, award.needs_number) == (frozenset({StepOutcome.GO_ON}), True)


def test_a_result_is_read_with_its_terms_and_later_steps(tmp_path: Path) -> None:
    result = _read(tmp_path).result
    assert result.validity == Lasting(term=Term(count=36, unit=TermUnit.MONTHS))
    year = Term(count=12, unit=TermUnit.MONTHS)
    assert result.recheck_every == Lasting(
        term=year, rule="audits/balance_test", part="every", unit=TermUnit.YEARS
    )
    assert result.recheck is not None and result.recheck.needs_score
    assert result.upgrade is not None and result.upgrade.needs_number
    endless = _read(tmp_path, GOOD.replace("  valid: {months: 36}\n", ""))
    assert endless.result.validity == WITHOUT_END


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("id: review", "id: apply"),
        ("id: review", "id: recheck"),
        ("id: review", "id: opening"),
        ("who: [unit]", "who: []"),
        ("who: [unit]", "who: [stranger]"),
        ("after: [apply]", "after: [award]"),
        ("after: [apply]", "after: [apply, apply]"),
        ('due: {day: "11-30"}', 'due: {day: "11-31"}'),
        ('due: {day: "11-30"}', "due: {day: soon}"),
        ('due: {day: "11-30"}', 'due: {day: "11-30", days: 3}'),
        ("days: 20, of: working", "days: 0, of: working"),
        ("days: 20, of: working", "days: 20, of: lunch"),
        ("of: working, from: apply", "of: working, from: award"),
        ("of: working, from: apply", "of: working"),
        ("due: {days: 20, of: working, from: apply}", "due: {of: working, from: apply}"),
        ("kind: report, least: 2", "kind: gossip, least: 2"),
        ("kind: report, least: 2", "kind: report, least: 0"),
        ("en: Report}]", "en: Report}, {kind: report, zh: 又, en: Again}]"),
        ("[go_on, return, refuse]", "[return, refuse]"),
        ("[go_on, return, refuse]", "[go_on, refuse]"),
        ("[go_on, return, refuse]", "[go_on, return, sleep]"),
        ("returns_to: apply", "returns_to: award"),
        ("documents: [certificate]", "documents: [poem]"),
        ("step: award\n  levels", "step: lunch\n  levels"),
        ("levels: [city, province]", "levels: [city, planet]"),
        ("levels: [city, province]", "levels: [city]"),
        ("valid: {months: 36}", "valid: {}"),
        ("valid: {months: 36}", "valid: {months: 0}"),
        ("rule: audits/balance_test", "rule: audits/nothing"),
        ("part: every, months", "part: from_year, months"),
        ("  recheck_every: {rule: audits/balance_test, part: every, months: 12}\n", ""),
        ("score: true}", "score: true, after: [apply]}"),
        ("id: fraud, zh", "id: fraud, because: x, zh"),
    ],
)
def test_a_step_or_result_that_cannot_be_followed_is_refused(tmp_path: Path, old: str, new: str) -> None:
    assert old in GOOD
    with pytest.raises(RulebookError) as caught:
        _read(tmp_path, GOOD.replace(old, new, 1))
    assert caught.value.line > 1


def test_a_kind_has_steps(tmp_path: Path) -> None:
    without = GOOD[: GOOD.index("steps:")] + "steps: []\n" + GOOD[GOOD.index("criteria:") :]
    with pytest.raises(RulebookError, match="steps"):
        _read(tmp_path, without)


def test_an_optional_step_gives_no_result(tmp_path: Path) -> None:
    with pytest.raises(RulebookError, match="optional"):
        _read(tmp_path, GOOD.replace("number: true\n", "number: true\n    optional: true\n", 1))


def test_what_was_given_is_not_returned_by_a_later_step(tmp_path: Path) -> None:
    late = """
  - id: archive
    name: {zh: 归档, en: Filed}
    who: [office]
    after: [award]
    outcomes: [go_on, return]
    returns_to: review
criteria:"""
    with pytest.raises(RulebookError, match="archive"):
        _read(tmp_path, GOOD.replace("\ncriteria:", late, 1))
