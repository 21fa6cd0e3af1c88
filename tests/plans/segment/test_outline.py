"""A whole document becomes an outline whose words all stand in it."""

from __future__ import annotations

import time

from hypothesis import given, settings
from hypothesis import strategies as st

from plans.builders import LEFT, UP, DocumentBuilder
from plans.segment.outlines import document_of, lead, outline_of, path, tasks_of
from shuiheng.plans.document import MergeEvidence, SourceDocument
from shuiheng.plans.model import UnitRole
from shuiheng.plans.passage import PassageRole

HEAD = ("序号", "重点任务", "工作内容", "牵头单位", "参与单位")
ROW = ("1", "管网", "更新老旧管网，推进分区计量。", "市住建局", "市水利局")


def assert_words_stand_in(document: SourceDocument) -> None:
    for passage in outline_of(document).passages:
        words = passage.wording
        assert words.text == "".join(document.text[offset] for offset in words.offsets)
        assert list(words.offsets) == sorted(words.offsets)
        for step in passage.path:
            assert "".join(document.words(step.span).split()).startswith(step.text)
        for unit in passage.units:
            if unit.role is not UnitRole.BOUND:
                assert "".join(document.words(unit.span).split()) == unit.name


def test_rows_are_the_tasks_where_prose_says_the_same() -> None:
    builder = DocumentBuilder().paragraphs("一、任务", "1.更新管网。更新老旧管网。（责任单位：市住建局）")
    builder.paragraph("附件").table((HEAD, ROW))
    tasks = tasks_of(builder.build())
    assert [task.wording.text for task in tasks] == ["更新老旧管网，推进分区计量。"]


def test_prose_stays_the_tasks_beside_a_small_table() -> None:
    builder = DocumentBuilder().paragraph("一、任务")
    for index in range(1, 6):
        builder.paragraph(f"{index}.更新管网。更新老旧管网。（责任单位：市住建局）")
    builder.table((HEAD, ROW))
    assert len(tasks_of(builder.build())) == 6


def test_a_table_without_a_header_continues_the_one_before() -> None:
    builder = (
        DocumentBuilder().table((HEAD, ROW)).table((("2", "计量", "安装水表。", "市水利局", "市财政局"),))
    )
    assert [lead(task) for task in tasks_of(builder.build())] == [["市住建局"], ["市水利局"]]


def test_two_responsibility_tables_are_both_read() -> None:
    other = (("序号", "工作任务", "责任单位"), ("1", "开展节水宣传。", "市教育局"))
    builder = DocumentBuilder().table((HEAD, ROW)).paragraph("附件2").table(other)
    assert len(tasks_of(builder.build())) == 2


def test_a_table_under_a_heading_has_it_in_its_path() -> None:
    builder = DocumentBuilder().paragraph("三、任务分工").table((HEAD, ROW))
    assert path(tasks_of(builder.build())[0]) == ["任务分工", "管网"]


def test_a_table_of_indicators_is_a_figure_table_with_its_title() -> None:
    builder = DocumentBuilder().paragraphs(
        "一、总体要求", "（二）主要目标", "到2025年，效率提高。", "表1 主要指标"
    )
    builder.table((("指标", "单位", "2025年"), ("漏损率", "%", "8")))
    figures = outline_of(builder.build()).figure_tables
    assert [(figure.title.text, figure.is_general, figure.task_index) for figure in figures] == [
        ("表1主要指标", True, None)
    ]
    assert [step.text for step in figures[0].path] == ["总体要求", "主要目标"]


def test_the_caption_of_a_table_and_its_unit_of_measurement_are_notes() -> None:
    builder = DocumentBuilder().paragraphs(
        "一、主要目标", "到2025年，效率提高。", "表1 主要指标", "单位：万立方米"
    )
    builder.table((("指标", "2025年"), ("用水总量", "8")))
    roles = [(passage.role, passage.wording.text) for passage in outline_of(builder.build()).passages]
    assert roles == [
        (PassageRole.GENERAL_TARGETS, "到2025年，效率提高。"),
        (PassageRole.NOTE, "表1主要指标"),
        (PassageRole.NOTE, "单位：万立方米"),
    ]


def test_a_table_of_past_figures_is_not_general() -> None:
    builder = DocumentBuilder().paragraphs("一、发展现状", "表1 主要指标完成情况")
    builder.table((("指标", "2020年"), ("用水总量", "8")))
    assert [figure.is_general for figure in outline_of(builder.build()).figure_tables] == [False]


def test_a_table_of_figures_inside_an_item_belongs_to_its_task() -> None:
    builder = DocumentBuilder().paragraphs(
        "1.更新管网。更新老旧管网。（责任单位：市住建局）", "2.创建载体。各区任务如下。"
    )
    builder.table((("地区", "企业（家）"), ("东山区", "2"))).paragraph("年内完成。（责任单位：市水利局）")
    figures = outline_of(builder.build()).figure_tables
    assert [(figure.task_index, figure.is_general) for figure in figures] == [(1, False)]


def test_a_convention_in_the_body_binds_units_in_every_task() -> None:
    document = document_of(
        "一、任务",
        "以下任务均需各区人民政府落实，不再列出。",
        "1.更新管网。完成改造。（责任单位：市住建局）",
        "2.推进计量。安装水表。（责任单位：市水利局）",
    )
    outline = outline_of(document)
    assert [convention.code for convention in outline.conventions] == ["binds_units"]
    for task in (one for one in outline.passages if one.role is PassageRole.TASK):
        assert [unit.name for unit in task.units if unit.role is UnitRole.BOUND] == ["各区人民政府"]


line = st.one_of(
    st.sampled_from(
        [
            "一、重点任务",
            "（一）农业节水。推广滴灌。（市水利局牵头，市财政局配合）",
            "1. 更新管网。",
            "责任单位：市住建局、",
            "牵头单位：市水利局\n配合单位：各县（市、区）人民政府",
            "到2025年，漏损率降至8%以内（力争7%）。",
            "附件1",
            "注：以上任务均需各区人民政府落实。",
            "（责任单位：市水利局",
            "2023年5月6日",
            "《青川市节水行动方案》",
            "第一章 总则 第一节 目标",
        ]
    ),
    st.text(alphabet="一二（）、。；：1.牵头责任单位负责市水利局\n 《》附件", max_size=40),
)
cell = st.one_of(
    st.sampled_from(
        ["序号", "任务", "牵头单位", "参与单位", "市水利局、市财政局", "更新管网。", "1", "", UP, LEFT]
    ),
    st.text(alphabet="一、（）市局任务单位", max_size=8),
)
grids = st.integers(1, 5).flatmap(
    lambda width: st.lists(st.lists(cell, min_size=width, max_size=width), min_size=1, max_size=6)
)


@settings(max_examples=200, deadline=None)
@given(st.lists(st.one_of(line, grids), max_size=8), st.sampled_from(MergeEvidence))
def test_no_document_breaks_the_stage_and_all_words_stand_in_it(
    blocks: list[str | list[list[str]]], blank: MergeEvidence
) -> None:
    builder = DocumentBuilder()
    for block in blocks:
        if isinstance(block, str):
            builder.paragraph(block)
        else:
            builder.table(whole(block), blank=blank)
    assert_words_stand_in(builder.build())


def whole(rows: list[list[str]]) -> list[list[str]]:
    """Keep a merge mark only where a single cell can stand for it."""
    kept = [["" if text in (UP, LEFT) else text for text in row] for row in rows]
    for index in range(1, len(rows)):
        if all(text == UP for text in rows[index]):
            kept[index] = [UP] * len(rows[index])
    return kept


def test_the_cost_grows_with_the_length_only() -> None:
    def seconds(items: int) -> float:
        document = document_of(
            *(
                "1.更新管网。更新老旧管网（含阀门）。（牵头单位：市住建局；参与单位：市水利局、市财政局）"
                for _ in range(items)
            )
        )
        start = time.process_time()
        outline_of(document)
        return time.process_time() - start

    seconds(50)
    assert seconds(2000) < 20 * max(seconds(400), 0.01)
