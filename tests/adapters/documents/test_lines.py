from __future__ import annotations

import pytest

from shuiheng.adapters.documents.lines import (
    continues,
    ends_sentence,
    is_caption,
    is_contents_line,
    is_day_line,
    is_page_number,
    is_running,
    joined_lines,
    starts_item,
)


@pytest.mark.parametrize(
    "line",
    [
        "（一）加强领导",
        "(2) 计量",
        "一、总体要求",
        "3.推进改造",
        "3．推进改造",
        "1.2 工业",
        "第三章 任务",
        "① 通知",
        "附件：清单",
        "注：下同",
    ],
)
def test_a_mark_of_an_item_begins_a_paragraph(line: str) -> None:
    assert starts_item(line)


@pytest.mark.parametrize("line", ["2.5亿立方米以内", "10%以上", "到2025年", "一般工业用水", "第三方评估"])
def test_a_number_inside_a_sentence_begins_no_paragraph(line: str) -> None:
    assert not starts_item(line)


@pytest.mark.parametrize("line", ["- 3 -", "－ 12 －", "第3页", "第 3 页 共 10 页", "3/10", "— 7 —"])
def test_page_numbers_are_known(line: str) -> None:
    assert is_page_number(line)


@pytest.mark.parametrize("line", ["2025年", "3个", "", "第3页图"])
def test_words_with_numbers_are_no_page_numbers(line: str) -> None:
    assert not is_page_number(line)


def test_a_bracket_that_names_the_owners_ends_a_sentence_and_another_does_not() -> None:
    assert ends_sentence("完成改造（责任单位：甲局）")
    assert ends_sentence("完成改造。”")
    assert not ends_sentence("完成改造（含扩建）")


def test_a_cut_sentence_goes_on_and_a_title_does_not() -> None:
    assert continues("各单位要加强用水计量管理，推进管网改造和分区", "管理工作。")
    assert not continues("各单位要加强用水计量管理，推进管网改造。", "管理工作。")
    assert not continues("关于印发示例市节水行动，分工与考核实施方案", "各有关单位")
    assert not continues("各单位要加强用水计量管理，推进管网改造和分区", "二、任务")


def test_a_number_of_a_notice_begins_a_paragraph_of_its_own() -> None:
    assert not continues("为落实节水要求，现将示例市有关工作部署如下所示", "示水〔2024〕5号")


def test_entries_of_a_table_of_contents_are_known() -> None:
    assert is_contents_line("一、总体要求……………………… 3")
    assert not is_contents_line("一、总体要求")


def test_a_day_line_is_a_day_and_nothing_else() -> None:
    assert is_day_line("2024年5月6日")
    assert is_day_line("二〇二四年五月六日")
    assert not is_day_line("2024年5月6日前完成")


def test_running_text_is_long_and_has_marks() -> None:
    assert is_running("各单位要加强计量管理工作，推进供水管网改造")
    assert not is_running("各单位要加强计量")


def test_wrapped_lines_are_joined_without_space() -> None:
    assert joined_lines(["　推进节水", "改造工作 "]) == "推进节水改造工作"


def test_a_long_run_of_line_separators_is_no_page_number() -> None:
    assert not is_page_number("\u2028" * 40_000)


@pytest.mark.parametrize(
    ("line", "is_one"),
    [
        ("附件1", True),
        ("附件：", True),
        ("专栏3 各区任务", True),
        ("续表", True),
        ("表2-1 用水总量", True),
        ("附件1所列事项，各区参照落实。", False),
        ("表彰先进", False),
    ],
)
def test_a_numbered_caption_is_told_from_a_sentence(line: str, is_one: bool) -> None:
    assert is_caption(line) is is_one


def test_a_signer_below_a_bracket_is_no_rest_of_the_sentence() -> None:
    clause = "建立绿色项目库，入库项目不少于60个。（市发改委，市财政局、供电公司）"
    assert not continues(clause, "楚江市人民政府")
    assert continues(clause, "对入库项目按季调度并及时更新。")


def test_the_sentence_on_validity_is_no_rest_of_the_line_of_units_above_it() -> None:
    units = "责任单位：市委宣传部，市发展改革委、科协，各县（市、区）人民政府"
    assert not continues(units, "本通知自印发之日起实施，有效期至2029年12月31日。")
    assert continues(units + "，", "各开发区管委会")
