"""Running text becomes tasks where a responsibility clause stands."""

from __future__ import annotations

from plans.segment.outlines import (
    DocumentBuilder,
    document_of,
    joint,
    lead,
    outline_of,
    path,
    tasks_of,
    texts_of,
)
from shuiheng.plans.model import UnitRule
from shuiheng.plans.passage import PassageRole


def test_the_title_sentence_of_an_item_belongs_to_its_text() -> None:
    task = tasks_of(
        document_of(
            "二、重点任务",
            "（一）农业节水",
            "1. 改造灌区",
            "（1）更新渠道。全面更新老旧渠道。（牵头单位：市水利局；参与单位：市财政局）",
        )
    )[0]
    assert path(task) == ["重点任务", "农业节水", "改造灌区"]
    assert task.wording.text == "更新渠道。全面更新老旧渠道。"
    assert (task.number, lead(task), joint(task)) == ("（1）", ["市水利局"], ["市财政局"])


def test_a_paragraph_under_a_heading_is_the_task_and_the_heading_its_path() -> None:
    task = tasks_of(document_of("一、重点任务", "3. 加强宣传", "办好宣传周。（市水利局牵头，市教育局配合）"))[
        0
    ]
    assert (path(task), task.wording.text, task.number) == (["重点任务", "加强宣传"], "办好宣传周。", "3")


def test_all_paragraphs_of_an_item_belong_to_its_only_clause() -> None:
    task = tasks_of(
        document_of("（一）降低漏损。推进分区计量。", "更新老旧管网。", "强化考核。（责任单位：市住建局）")
    )[0]
    assert task.wording.text == "降低漏损。推进分区计量。更新老旧管网。强化考核。"


def test_an_introduction_does_not_belong_to_the_first_of_several_clauses() -> None:
    document = document_of(
        "（一）机制创新",
        "围绕目标，破除障碍。",
        "完善考核机制。实施双控。（责任单位：市水利局）",
        "完善统计机制。建立台账。（责任单位：市统计局）",
    )
    assert [task.wording.text for task in tasks_of(document)] == [
        "完善考核机制。实施双控。",
        "完善统计机制。建立台账。",
    ]
    assert texts_of(document, PassageRole.BODY) == ["围绕目标，破除障碍。"]


def test_each_clause_of_a_paragraph_makes_a_task_of_the_sentences_before_it() -> None:
    tasks = tasks_of(
        document_of(
            "（一）管网",
            "更新管网。（责任单位：市住建局）推进计量。（责任单位：市水利局）开展巡查。（责任单位：市城管局）",
        )
    )
    assert [(task.wording.text, joint(task)) for task in tasks] == [
        ("更新管网。", ["市住建局"]),
        ("推进计量。", ["市水利局"]),
        ("开展巡查。", ["市城管局"]),
    ]


def test_headings_run_together_in_one_paragraph_are_taken_apart() -> None:
    tasks = tasks_of(
        document_of(
            "一、重点任务 （一）更新管网。更新老旧管网。（市住建局牵头，市水利局等按职责分工负责） "
            "（二）推进计量。安装水表。（市水利局负责）"
            "二、保障措施 （三）加强组织。健全机制。（市水利局、市财政局按职责分工负责）"
        )
    )
    assert [(path(task), task.number) for task in tasks] == [
        (["重点任务"], "（一）"),
        (["重点任务"], "（二）"),
        (["保障措施"], "（三）"),
    ]
    assert tasks[0].wording.text == "更新管网。更新老旧管网。"


def test_lines_of_their_own_name_the_units() -> None:
    task = tasks_of(
        document_of(
            "一、任务",
            "1.更新管网。年内完成100公里。",
            "牵头单位：市住建局",
            "责任单位：各县（市、区）人民政府",
        )
    )[0]
    assert (task.wording.text, task.rule) == ("更新管网。年内完成100公里。", UnitRule.OWN_LINE)
    assert (lead(task), joint(task)) == (["市住建局"], ["各县（市、区）人民政府"])


def test_a_line_of_units_cut_by_a_bad_layout_is_continued() -> None:
    task = tasks_of(document_of("1.更新管网。完成改造。", "牵头单位：市住建局、", "市水利局"))[0]
    assert lead(task) == ["市住建局", "市水利局"]


def test_lines_of_their_own_behind_several_items_hold_for_the_chapter() -> None:
    document = document_of(
        "一、更新管网",
        "（一）工作计划",
        "年内更新100公里。",
        "（二）具体措施",
        "1.选好队伍。",
        "2.强化督查。",
        "责任处室：供水处",
        "完成时限：2024年12月底前",
        "二、推进计量",
        "（一）工作计划",
        "年内安装水表。",
        "（二）具体措施",
        "1.制定标准。",
        "责任处室：计量处",
    )
    tasks = tasks_of(document)
    assert [(path(task), joint(task), task.due_text) for task in tasks] == [
        (["更新管网"], ["供水处"], "2024年12月底前"),
        (["推进计量"], ["计量处"], None),
    ]
    assert tasks[0].wording.text == "（一）工作计划年内更新100公里。（二）具体措施1.选好队伍。2.强化督查。"


def test_a_clause_behind_a_heading_makes_one_task_of_its_items() -> None:
    task = tasks_of(
        document_of(
            "（一）农业节水（牵头单位：市水利局）", "1.更新渠道。", "2.推广滴灌。", "（二）其他", "继续推进。"
        )
    )
    assert [(path(one), one.wording.text, lead(one)) for one in task] == [
        (["农业节水"], "1.更新渠道。2.推广滴灌。", ["市水利局"])
    ]


def test_items_without_a_clause_inherit_that_of_their_heading() -> None:
    tasks = tasks_of(
        document_of(
            "（一）农业节水（牵头单位：市水利局）",
            "1.更新渠道。改造10公里。",
            "2.推广滴灌。（牵头单位：市农业农村局）",
        )
    )
    assert [(lead(task), task.units[0].is_inherited) for task in tasks] == [
        (["市水利局"], True),
        (["市农业农村局"], False),
    ]


def test_a_clause_behind_a_heading_holds_for_the_paragraph_below() -> None:
    task = tasks_of(document_of("（一）农业节水（市水利局牵头）", "更新渠道，推广滴灌。"))[0]
    assert (path(task), task.wording.text, lead(task)) == (["农业节水"], "更新渠道，推广滴灌。", ["市水利局"])


def test_a_clause_on_a_line_before_the_text_holds_for_it() -> None:
    task = tasks_of(document_of("（一）农业节水", "牵头单位：市水利局", "更新渠道，推广滴灌。"))[0]
    assert (path(task), task.wording.text, lead(task)) == (["农业节水"], "更新渠道，推广滴灌。", ["市水利局"])


def test_parts_of_an_enumeration_share_the_clause_at_its_end() -> None:
    tasks = tasks_of(
        document_of(
            "1.创建载体。年内完成：",
            "（1）企业10家；",
            "（2）学校5所；",
            "（3）小区3个。（责任单位：市水利局）",
        )
    )
    assert [task.wording.text for task in tasks] == [
        "创建载体。年内完成：（1）企业10家；（2）学校5所；（3）小区3个。"
    ]


def test_items_without_units_are_no_tasks() -> None:
    document = document_of("一、任务", "1.更新管网。年内完成。", "（二）完善制度。健全机制（含考核）。")
    assert tasks_of(document) == []


def test_text_under_main_targets_is_told_from_other_text() -> None:
    document = document_of(
        "一、总体要求",
        "（一）指导思想",
        "坚持节水优先。",
        "（二）主要目标",
        "到2025年，用水总量控制在5亿立方米以内。",
        "1．2030年，用水总量控制在6亿立方米以内，效率提高。",
        "二、重点任务",
        "推进节水。",
    )
    assert texts_of(document, PassageRole.GENERAL_TARGETS) == [
        "到2025年，用水总量控制在5亿立方米以内。",
        "2030年，用水总量控制在6亿立方米以内，效率提高。",
    ]
    assert texts_of(document, PassageRole.PREAMBLE) == ["坚持节水优先。"]
    assert texts_of(document, PassageRole.BODY) == ["推进节水。"]


def test_an_item_of_one_sentence_keeps_its_words() -> None:
    document = document_of(
        "一、任务", "1.更新管网。", "2.到2025年，漏损率降至8%以内。", "3.创建节水型企业5家"
    )
    assert texts_of(document, PassageRole.BODY) == [
        "更新管网。",
        "到2025年，漏损率降至8%以内。",
        "创建节水型企业5家",
    ]


def test_the_title_of_an_item_without_units_is_a_heading_of_its_text() -> None:
    passage = next(
        one
        for one in outline_of(document_of("一、任务", "1. 更新管网。年内完成100公里。")).passages
        if one.role is PassageRole.BODY
    )
    assert ([step.text for step in passage.path], passage.wording.text) == (
        ["任务", "更新管网"],
        "年内完成100公里。",
    )


def test_declared_levels_hold_unnumbered_headings() -> None:
    builder = DocumentBuilder()
    builder.heading("重点任务", level=1).heading("农业节水", level=2)
    builder.paragraph("更新渠道。（责任单位：市水利局）")
    builder.heading("工业节水", level=2).paragraph("改造工艺。（责任单位：市工信局）")
    builder.heading("保障措施", level=1).paragraph("落实经费。（责任单位：市财政局）")
    assert [path(task) for task in tasks_of(builder.build())] == [
        ["重点任务", "农业节水"],
        ["重点任务", "工业节水"],
        ["保障措施"],
    ]


def test_an_annex_starts_again_without_headings() -> None:
    tasks = tasks_of(
        document_of(
            "五、附则", "本方案自印发之日起施行。", "附件2", "1.更新管网。完成改造。（责任单位：市住建局）"
        )
    )
    assert [path(task) for task in tasks] == [[]]


def test_lines_of_a_table_of_contents_are_no_headings() -> None:
    tasks = tasks_of(
        document_of(
            "一、现状 ........ 3",
            "二、任务 ........ 5",
            "一、现状",
            "水少。",
            "二、任务",
            "节水。（责任单位：市水利局）",
        )
    )
    assert [path(task) for task in tasks] == [["任务"]]


def test_a_note_and_a_footnote_are_notes() -> None:
    builder = DocumentBuilder().paragraphs("一、任务", "注：县含县级市。").footnote("用水量指新水取用量。")
    assert texts_of(builder.build(), PassageRole.NOTE) == ["注：县含县级市。", "用水量指新水取用量。"]


def test_a_break_of_the_author_before_a_label_starts_a_line() -> None:
    task = tasks_of(document_of("1.更新管网。完成改造。\n牵头单位：市住建局\n配合单位：市水利局"))[0]
    assert (task.wording.text, lead(task), joint(task)) == (
        "更新管网。完成改造。",
        ["市住建局"],
        ["市水利局"],
    )


def test_a_label_behind_the_last_sentence_needs_no_bracket() -> None:
    task = tasks_of(document_of("1.更新管网。年内完成改造。牵头单位：市住建局；配合单位：市水利局。"))[0]
    assert (task.wording.text, lead(task), joint(task)) == (
        "更新管网。年内完成改造。",
        ["市住建局"],
        ["市水利局"],
    )


def test_full_width_square_brackets_name_units() -> None:
    task = tasks_of(document_of("1.更新管网。完成改造。［市住建局牵头，市水利局配合］"))[0]
    assert (task.wording.text, lead(task)) == ("更新管网。完成改造。", ["市住建局"])


def test_a_label_may_stand_above_its_units() -> None:
    task = tasks_of(document_of("1.更新管网。完成改造。", "责任单位：", "市住建局、市水利局"))[0]
    assert joint(task) == ["市住建局", "市水利局"]


def test_a_bullet_may_stand_before_a_label() -> None:
    task = tasks_of(document_of("1.更新管网。完成改造。", "●牵头单位：市住建局", "●配合单位：市水利局"))[0]
    assert (lead(task), joint(task)) == (["市住建局"], ["市水利局"])


def test_a_bracket_on_a_line_of_its_own_belongs_to_the_paragraph_above() -> None:
    task = tasks_of(document_of("1.更新管网。完成改造。", "（责任单位：市住建局）"))[0]
    assert (task.wording.text, joint(task), task.rule) == (
        "更新管网。完成改造。",
        ["市住建局"],
        UnitRule.BRACKET_RESPONSIBLE,
    )


def test_words_that_are_no_unit_make_a_task_doubtful() -> None:
    task = tasks_of(document_of("1.更新管网。完成改造。（责任单位：市住建局、第三方）"))[0]
    assert (joint(task), task.confidence < 0.8) == (["市住建局", "第三方"], True)


def test_a_label_on_the_line_of_a_heading_names_the_units_of_its_items() -> None:
    tasks = tasks_of(
        document_of(
            "（一）农业节水 责任单位：市水利局、市农业农村局",
            "1.推进灌区改造。",
            "2.推广滴灌。",
            "（二）工业节水",
            "推进技改。",
        )
    )
    assert [(path(task), task.wording.text, joint(task)) for task in tasks] == [
        (["农业节水"], "1.推进灌区改造。2.推广滴灌。", ["市水利局", "市农业农村局"])
    ]


def test_labels_in_brackets_of_their_own_name_the_units_behind_them() -> None:
    task = tasks_of(document_of("1、修订定额。严格管理。", "【牵头单位】市水利局", "【配合单位】市发改委"))[0]
    assert (lead(task), joint(task)) == (["市水利局"], ["市发改委"])


def test_labels_may_say_the_level() -> None:
    task = tasks_of(
        document_of("1.完善计量。安装水表。（市级牵头部门：市水务局；区级责任单位：各区水务局）")
    )[0]
    assert (lead(task), joint(task)) == (["市水务局"], ["各区水务局"])


def test_units_with_a_mark_lead_where_the_document_says_so() -> None:
    task = tasks_of(
        document_of("1.加强节水。加强管理。（带★的为牵头单位，下同）（责任单位：★市水利局、市住建局）")
    )[0]
    assert (task.wording.text, lead(task), joint(task)) == (
        "加强节水。加强管理。",
        ["市水利局"],
        ["市住建局"],
    )


def test_items_behind_their_heading_in_one_paragraph_are_tasks_of_their_own() -> None:
    tasks = tasks_of(
        document_of(
            "（一）强化约束。1.控制总量。完善指标。（市水利局牵头）2.修订定额。严格管理。（市市场监管局牵头）"
        )
    )
    assert [(path(task), task.number, task.wording.text) for task in tasks] == [
        (["强化约束"], "1", "控制总量。完善指标。"),
        (["强化约束"], "2", "修订定额。严格管理。"),
    ]


def test_numbers_without_words_beside_a_clause_are_no_heading() -> None:
    outline = outline_of(document_of("一）", "方式：〔市水利局按职责分工负责〕，", "①"))
    assert all(step.text for passage in outline.passages for step in passage.path)


def test_the_close_of_a_document_does_not_part_the_paragraphs_of_its_last_task() -> None:
    tasks = tasks_of(
        document_of(
            "（一）加强宣传",
            "办好宣传周。",
            "组织进校园活动。（市水利局牵头，市教育局配合）",
            "本方案自印发之日起施行，有效期5年。",
            "青川市人民政府办公室",
            "2024年3月5日",
            "（此件公开发布）",
        )
    )
    assert [task.wording.text for task in tasks] == ["办好宣传周。组织进校园活动。"]


def test_a_remark_in_pointed_brackets_inside_a_clause_is_part_of_the_unit() -> None:
    (task,) = tasks_of(
        document_of("（一）编制报告", "提交评估报告。（责任单位：各区人民政府〈含开发区、风景区管委会〉）")
    )
    assert joint(task) == ["各区人民政府〈含开发区、风景区管委会〉"]
