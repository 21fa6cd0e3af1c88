"""A further plan inside one document is told by its title and its count from one."""

from __future__ import annotations

from plans.segment.outlines import DocumentBuilder, document_of, outline_of, path
from shuiheng.plans.passage import PassageRole
from shuiheng.plans.segment.parts import part_titles
from shuiheng.plans.segment.pieces import pieces_of

FIRST = (
    "青川流域城乡建设行动方案",
    "第一章 总体要求",
    "坚持生态优先。",
    "第二章 主要目标",
    "到2030年，漏损率控制在9%以内。",
)
SECOND = (
    "云泽流域城乡建设行动方案",
    "前言",
    "编制本方案是为了落实要求。",
    "第一章 主要目标",
    "到2030年，漏损率控制在8%以内。",
)


def titles(*lines: str, own_title: str = "") -> list[str]:
    pieces = pieces_of(document_of(*lines))
    found = part_titles(pieces, own_title=own_title)
    return [piece.wording.text for piece in pieces if id(piece) in found]


def test_the_title_before_a_second_first_chapter_opens_a_further_plan() -> None:
    assert titles(*FIRST, *SECOND) == ["云泽流域城乡建设行动方案"]
    assert titles(*FIRST) == []


def test_the_title_of_the_document_behind_its_notice_opens_none() -> None:
    notice = ("一、提高认识", "二、抓好落实", "青川市节水行动方案（试行）", "一、总体要求")
    assert titles(*notice, own_title="青川市节水行动方案") == []
    assert titles(*notice, own_title="青川市防汛方案") == ["青川市节水行动方案（试行）"]


def test_a_title_before_a_count_that_goes_on_opens_none() -> None:
    assert titles(*FIRST, "云泽流域城乡建设行动方案", "第三章 保障措施") == []
    assert titles(*FIRST, "城乡建设主要任务清单", "（一）改造管网") == []


def test_what_stands_in_a_further_plan_has_its_title_as_outermost_step() -> None:
    outline = outline_of(document_of(*FIRST, *SECOND))
    targets = [own for own in outline.passages if own.role is PassageRole.GENERAL_TARGETS]
    assert [path(own) for own in targets] == [["主要目标"], ["云泽流域城乡建设行动方案", "主要目标"]]
    preface = next(own for own in outline.passages if own.wording.text.startswith("编制"))
    assert (preface.role, path(preface)) == (PassageRole.PREAMBLE, ["云泽流域城乡建设行动方案"])


def test_a_table_of_figures_in_a_further_plan_stands_under_its_title() -> None:
    builder = DocumentBuilder().paragraphs(*FIRST, *SECOND)
    builder.table([["指标", "2025年", "2030年"], ["漏损率（%）", "9", "8"]])
    (table,) = outline_of(builder.build()).figure_tables
    assert [step.text for step in table.path] == ["云泽流域城乡建设行动方案", "主要目标"]


def test_tasks_of_an_annex_with_a_title_keep_their_path() -> None:
    annex = (
        "附件2",
        "青川市节水考核办法",
        "一、考核目标",
        "公开考核结果。",
        "二、考核任务",
        "1.抽查计量。（牵头单位：市水利局）",
    )
    outline = outline_of(document_of("青川市节水行动方案", "一、总体要求", "二、重点任务", *annex))
    (task,) = (own for own in outline.passages if own.role is PassageRole.TASK)
    assert path(task) == ["考核任务"]
    body = next(own for own in outline.passages if own.wording.text == "公开考核结果。")
    assert path(body) == ["青川市节水考核办法", "考核目标"]
