"""Letters of a case say what was decided, why, by when, and under which number."""

from __future__ import annotations

from datetime import timedelta

from reports.case_papers import KINDS, SIGNING, SUBJECT, paper_of, said, walked
from rulebook.test_programme_courses import Walk
from shuiheng.programmes.events import Revoked, StepEnded
from shuiheng.programmes.kind import StepOutcome
from shuiheng.reports.case_documents import case_document
from shuiheng.reports.case_paper import DRAFT, CasePaper
from shuiheng.reports.model import Report
from shuiheng.reports.wording import day_words

ENTERPRISE = KINDS["saving_enterprise"]


def _made(document: str, paper: CasePaper) -> Report:
    return case_document(document, paper, SIGNING)


def _ended_otherwise(walk: Walk, step: str, outcome: StepOutcome, reason: str) -> Walk:
    kind = walk.kind.step(step)
    walk.take(StepEnded(on=walk.on, by="other", actor=kind.who[0], step=step, outcome=outcome, reason=reason))
    return walk


def test_a_certificate_bears_its_number_level_and_last_day() -> None:
    walk = walked(ENTERPRISE)
    report = _made("certificate", paper_of(walk))
    assert walk.state.valid_until is not None
    for words in (SUBJECT, "2024-1", "市级", day_words(walk.state.valid_until)):
        assert words in said(report)
    assert report.issued_on == walk.state.levels[-1].on
    blank = _made("certificate", paper_of(walked(ENTERPRISE, "")))
    assert blank.title.startswith(DRAFT) and "2024-1" not in said(blank)


def test_a_case_that_was_sent_back_is_asked_for_what_is_missing() -> None:
    kind = KINDS["balance_test"]
    walk = _ended_otherwise(walked(kind, "report"), "review", StepOutcome.RETURN, "水量平衡表有误")
    report = _made("return_notice", paper_of(walk))
    assert not report.title.startswith(DRAFT) and report.addressees == (SUBJECT,)
    assert "水量平衡表有误" in said(report) and "提交测试报告" in said(report)
    assert report.issued_on == walk.on
    assert _made("return_notice", paper_of(walked(kind, "report"))).title.startswith(DRAFT)


def test_a_refusal_is_no_award() -> None:
    kind = next(each for each in KINDS.values() if "decision" in each.documents)
    step = kind.step(kind.result.step)
    before = kind.steps[[each.id for each in kind.steps].index(step.id) - 1].id
    if StepOutcome.REFUSE in step.outcomes:
        walk = _ended_otherwise(walked(kind, before), step.id, StepOutcome.REFUSE, "弄虚作假")
        report = _made("decision", paper_of(walk))
        assert "不予认定" in report.title and "弄虚作假" in said(report) and "有效期" not in said(report)
    granted = _made("decision", paper_of(walked(kind)))
    assert f"决定认定{SUBJECT}" in said(granted) and "不予" not in said(granted)


def test_a_revocation_names_its_reason() -> None:
    walk = walked(ENTERPRISE)
    reason = ENTERPRISE.result.revocations[0]
    assert _made("revocation_notice", paper_of(walk)).title.startswith(DRAFT)
    walk.take(Revoked(on=walk.on, by="leader", reason=reason.id))
    report = _made("revocation_notice", paper_of(walk))
    assert reason.names["zh"] in said(report) and "2024-1" in said(report)
    assert report.issued_on == walk.on and not report.title.startswith(DRAFT)


def test_a_recheck_is_asked_for_by_its_day() -> None:
    walk = walked(ENTERPRISE)
    due = walk.on + timedelta(days=400)
    report = _made("recheck_notice", paper_of(walk, recheck_on=due))
    assert day_words(due) in said(report) and not report.title.startswith(DRAFT)


def test_a_publication_names_its_days() -> None:
    kind = KINDS["saving_compound"]
    step = next(each for each in kind.steps if each.publication_days is not None)
    walk = walked(kind)
    paper = paper_of(walk)
    report = _made("publication_text", paper)
    for day in (walk.state.published[step.id], paper.open_until[step.id]):
        assert day_words(day) in said(report)
    assert walk.state.number and walk.state.number not in said(report)
    assert day_words(walk.state.levels[-1].on) not in said(report)


def test_who_has_to_put_something_right_is_told_what_and_by_when() -> None:
    walk = walked(KINDS["rectification"], "notice")
    paper = paper_of(walk, note="未装计量水表")
    report = _made("rectification_notice", paper)
    assert "未装计量水表" in said(report) and report.addressees == (SUBJECT,)
    assert any(day_words(day) in said(report) for day in paper.dues.values())


def test_what_is_only_told_asks_for_no_objection_and_what_is_no_title_is_not_awarded() -> None:
    inspection = _made("publication_text", paper_of(walked(KINDS["random_inspection"])))
    assert "向社会公开" in said(inspection) and "异议" not in said(inspection)
    finance = said(_made("publication_text", paper_of(walked(KINDS["saving_finance"]))))
    assert "节水金融有关情况" in finance and "拟认定" not in finance and "异议" in finance
    registered = said(_made("certificate", paper_of(walked(KINDS["right_registration"]))))
    assert f"兹证明{SUBJECT}的水权确权登记与交易已登记" in registered
