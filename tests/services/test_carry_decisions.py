"""Decisions on an earlier version, laid over a newer one."""

from __future__ import annotations

import pytest

from office import make_version
from shuiheng.adapters.records.models import Account, PlanDecision, PlanVersion
from shuiheng.adapters.records.queries_plans import carriable_decisions
from shuiheng.plans.decide import DecisionKind, ItemKind
from shuiheng.services.carry_decisions import attach_decision, carry_decisions
from shuiheng.services.decide_item import ItemChoice, decide_item
from shuiheng.services.errors import NotPermittedError, NotThereError, ServiceError
from shuiheng.services.plan_at_work import plan_at_work
from shuiheng.services.undo_decision import undo_decision


def _correct(officer: Account, version: PlanVersion, place: int, metric: str) -> None:
    item = plan_at_work(version).compiled.targets[place].id
    choice = ItemChoice(
        kind=DecisionKind.CORRECT, item_kind=ItemKind.TARGET, item=item, changes={"metric": metric}
    )
    decide_item(officer, version.pk, choice)


def _newer(officer: Account, *, without: str = "") -> PlanVersion:
    """Return a second version, in which the sentence with some words is missing."""
    version = make_version(officer, sequence=2)
    if without:
        text = version.source_json["text"]
        version.source_json = version.source_json | {"text": text.replace(without, "□" * len(without))}
        plan = version.compiled_json
        gone = [t for t in plan["targets"] if without not in t["quote"]]
        version.compiled_json = plan | {"targets": gone}
        version.sha256 = "changed"
        version.save()
    return version


def test_decisions_find_their_words_and_name_their_origin(officer: Account, ready: PlanVersion) -> None:
    _correct(officer, ready, 0, "甲指标")
    _correct(officer, ready, 1, "乙指标")
    undo_decision(officer, ready.pk)
    newer = _newer(officer)
    offered = carriable_decisions(newer)
    assert offered is not None and (offered.sequence, offered.count) == (1, 1)
    done = carry_decisions(officer, newer.pk, sequence=1)
    assert (done.applied, done.lost, done.refused) == (1, 0, 0)
    assert "甲指标" in {target.metric for target in plan_at_work(newer).decided.plan.targets}
    row = PlanDecision.objects.get(version=newer)
    assert row.origin is not None and row.origin.version_id == ready.pk


def test_they_are_taken_over_once(officer: Account, ready: PlanVersion) -> None:
    _correct(officer, ready, 0, "甲指标")
    newer = _newer(officer)
    carry_decisions(officer, newer.pk, sequence=1)
    assert carriable_decisions(newer) is None
    with pytest.raises(ServiceError, match="nothing_to_carry"):
        carry_decisions(officer, newer.pk, sequence=1)


def test_a_version_takes_nothing_from_itself_or_a_later_one(officer: Account, ready: PlanVersion) -> None:
    _correct(officer, ready, 0, "甲指标")
    for sequence in (0, 1, 2):
        with pytest.raises(ServiceError, match="nothing_to_carry"):
            carry_decisions(officer, ready.pk, sequence=sequence)


def test_one_that_finds_no_words_is_listed_and_can_be_attached(officer: Account, ready: PlanVersion) -> None:
    lost = plan_at_work(ready).compiled.targets[0]
    _correct(officer, ready, 0, "甲指标")
    newer = _newer(officer, without=lost.quote)
    done = carry_decisions(officer, newer.pk, sequence=1)
    assert (done.applied, done.lost) == (0, 1)
    work = plan_at_work(newer)
    assert [orphan.decision.changes for orphan in work.decided.orphans] == [{"metric": "甲指标"}]
    other = work.decided.plan.targets[0]
    row = PlanDecision.objects.get(version=newer)
    attach_decision(officer, newer.pk, row.pk, item_kind=ItemKind.TARGET, item=other.id)
    after = plan_at_work(newer).decided
    assert after.orphans == ()
    assert next(t for t in after.plan.targets if t.id == other.id).metric == "甲指标"
    with pytest.raises(NotThereError):
        attach_decision(officer, newer.pk, row.pk, item_kind=ItemKind.TARGET, item=other.id)


def test_a_reader_carries_nothing(officer: Account, reader: Account, ready: PlanVersion) -> None:
    _correct(officer, ready, 0, "甲指标")
    with pytest.raises(NotPermittedError):
        carry_decisions(reader, _newer(officer).pk, sequence=1)
