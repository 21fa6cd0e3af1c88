"""Assembling the items of a document."""

from __future__ import annotations

from datetime import date

import pytest

from plans.builders import document_of
from shuiheng.plans.document import SourceDocument
from shuiheng.plans.extract import Extracted, extract_items
from shuiheng.plans.extract.items import known_year, year_of_asks
from shuiheng.plans.knowledge import IndicatorTerm, PlanKnowledge
from shuiheng.plans.model import Heading, PlanHeader
from shuiheng.plans.passage import Outline, Passage, PassageRole
from shuiheng.plans.wording import squeeze

HEADER = PlanHeader(title="清水市“十四五”节水方案", jurisdiction="清水市")
LOSS = IndicatorTerm(id="loss", name="管网漏损率", unit="%")


def _outline(document: SourceDocument, *roles: PassageRole, path: str = "目标") -> Outline:
    passages = tuple(
        Passage(
            role=role,
            wording=squeeze(document.words(block.span), start=block.span.start),
            path=(Heading(text=path, span=block.span),),
        )
        for role, block in zip(roles, document.blocks, strict=True)
    )
    return Outline(header=HEADER, passages=passages)


def _items(*parts: tuple[PassageRole, str], path: str = "目标") -> Extracted:
    document = document_of(*(text for _, text in parts))
    outline = _outline(document, *(role for role, _ in parts), path=path)
    return extract_items(outline, document, PlanKnowledge(indicators=(LOSS,)))


TASK, GENERAL, BODY = PassageRole.TASK, PassageRole.GENERAL_TARGETS, PassageRole.BODY


def test_general_targets_come_first_and_tasks_name_theirs() -> None:
    found = _items((TASK, "到2025年，建成企业3家。"), (GENERAL, "到2025年，管网漏损率控制在9%以内。"))
    assert [(t.id, t.task) for t in found.targets] == [("plan-T01", None), ("plan-T02", "plan-001")]
    assert [task.targets for task in found.tasks] == [("plan-T02",)]
    assert found.targets[0].indicator is not None
    assert found.targets[0].indicator.id == "loss"


def test_a_target_said_twice_is_labelled_on_the_task() -> None:
    text = "到2025年，管网漏损率控制在9%以内。"
    found = _items((GENERAL, text), (TASK, text))
    assert [t.task for t in found.targets] == ["plan-001"]


def test_figures_of_body_text_are_mentions_beside_tasks() -> None:
    found = _items((TASK, "推进节水。"), (BODY, "到2025年，管网漏损率控制在9%以内。"))
    assert (len(found.targets), [m.id for m in found.mentions]) == (0, ["plan-M01"])


def test_without_tasks_dated_figures_of_body_text_are_targets() -> None:
    found = _items((BODY, "到2025年，管网漏损率控制在9%以内。工程涉及的泵站合计3座。"))
    assert [t.metric for t in found.targets] == ["管网漏损率"]


@pytest.mark.parametrize("text", ["改造支渠210公里。", "新增节水灌溉面积12万亩。", "建设提水站30座。"])
def test_without_tasks_works_of_body_text_are_targets_without_a_day(text: str) -> None:
    (target,) = _items((BODY, text)).targets
    assert (target.kind.value, target.deadline) == ("count", None)


@pytest.mark.parametrize("text", ["改造支渠210公里。", "新增节水灌溉面积12万亩。"])
def test_works_of_a_section_on_the_past_are_none(text: str) -> None:
    assert _items((BODY, text), path="发展背景").targets == ()


def test_a_deadline_goes_on_in_the_next_paragraph_of_main_targets() -> None:
    found = _items((GENERAL, "到2025年，主要目标如下："), (GENERAL, "管网漏损率控制在9%以内。"))
    assert [t.deadline for t in found.targets] == [date(2025, 12, 31)]
    assert found.targets[0].confidence <= 0.8


def test_a_section_on_the_state_of_things_sets_nothing() -> None:
    found = _items((BODY, "管网漏损率控制在9%以内。"), path="发展现状")
    assert (found.targets, found.mentions) == ((), ())


def test_an_ended_five_year_plan_sets_nothing() -> None:
    assert _items((BODY, "到2020年，管网漏损率控制在9%以内。"), path="“十三五”目标").targets == ()


def test_duties_and_thresholds_are_numbered_and_owned() -> None:
    found = _items((TASK, "年用水量3万立方米以上的企业每季度报送报表。"))
    assert [(d.id, d.task) for d in found.duties] == [("plan-D01", "plan-001")]
    assert [(r.id, r.task) for r in found.thresholds] == [("plan-R01", "plan-001")]


def test_the_year_of_a_document_is_that_of_issue_title_or_plan() -> None:
    assert known_year(HEADER) == 2021
    assert known_year(PlanHeader(title="2023年方案")) == 2023
    assert known_year(PlanHeader(title="2023年方案", issued=date(2022, 12, 1))) == 2022
    assert known_year(PlanHeader(title="方案")) is None


def test_without_a_year_the_earliest_deadline_tells_which_plan_it_is() -> None:
    def passage(text: str) -> Passage:
        return Passage(role=TASK, wording=squeeze(text))

    assert year_of_asks([passage("到2026年建成。2024年底前完成。")]) == 2021
    assert year_of_asks([passage("到2030年建成。")]) == 2026
    assert year_of_asks([passage("2024年完成。")]) is None


def test_an_empty_document_gives_nothing() -> None:
    document = document_of()
    assert extract_items(Outline(header=HEADER, passages=()), document, PlanKnowledge()) == Extracted()
