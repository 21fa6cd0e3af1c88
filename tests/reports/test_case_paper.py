"""A document belongs to a step; it is a draft until that step has ended."""

from __future__ import annotations

from reports.case_papers import KINDS, WORDS, paper_of, walked
from shuiheng.programmes.events import Revoked
from shuiheng.reports.case_paper import (
    basis_words,
    is_draft,
    papers_of,
    produced_on,
    producing_step,
    returned,
    revoked,
    who_words,
)

ENTERPRISE, COMPOUND = KINDS["saving_enterprise"], KINDS["saving_compound"]


def test_a_document_of_several_steps_belongs_to_the_last_that_has_ended() -> None:
    begun, done = walked(ENTERPRISE, "").state, walked(ENTERPRISE).state
    steps = [step.id for step in ENTERPRISE.steps if "review_opinion" in step.documents]
    assert len(steps) > 1
    assert producing_step(ENTERPRISE, "review_opinion", begun).id == steps[0]
    assert producing_step(ENTERPRISE, "review_opinion", done).id == steps[-1]


def test_a_document_is_a_draft_until_its_step_ends_and_has_the_day_of_its_end() -> None:
    before, after = paper_of(walked(COMPOUND, "")), paper_of(walked(COMPOUND, "apply"))
    assert is_draft(before, "application_form") and produced_on(before, "application_form") is None
    assert not is_draft(after, "application_form")
    assert produced_on(after, "application_form") == after.state.ended["apply"].on
    assert is_draft(after, "certificate")


def test_a_revocation_can_be_written_where_a_result_can_be_taken_away() -> None:
    walk = walked(COMPOUND)
    assert "revocation_notice" in papers_of(COMPOUND) and revoked(paper_of(walk)) is None
    walk.take(Revoked(on=walk.on, by="x", reason=COMPOUND.result.revocations[0].id))
    assert produced_on(paper_of(walk), "revocation_notice") == walk.on
    assert returned(paper_of(walk)) is None


def test_a_step_is_ended_by_those_who_may_or_by_the_one_who_did() -> None:
    step = COMPOUND.step("apply")
    assert len(step.who) > 1
    assert "、" in who_words(paper_of(walked(COMPOUND, "")), step)
    assert who_words(paper_of(walked(COMPOUND, "apply")), step) == WORDS.actors[step.who[0]]


def test_only_clauses_that_were_found_are_named() -> None:
    paper = paper_of(walked(COMPOUND))
    assert COMPOUND.criteria is not None and COMPOUND.criteria.basis.mark != "found"
    assert basis_words(paper, (COMPOUND.criteria.basis,)) == ""
    found = next(basis for kind in KINDS.values() for basis in kind.bases if basis.mark == "found")
    assert basis_words(paper, (found,)).endswith(found.clause) and "《" in basis_words(paper, (found,))
