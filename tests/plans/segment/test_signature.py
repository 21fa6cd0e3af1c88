"""The signature gives the day of issue and the units that signed."""

from __future__ import annotations

from datetime import date

import pytest

from shuiheng.plans.segment.signature import (
    ends_in_day,
    is_closing,
    names_of,
    signature_in,
    signature_inside,
    spaced,
)
from shuiheng.plans.wording import squeeze


def signed(*lines: str) -> tuple[date | None, tuple[str, ...]]:
    return signature_in(tuple(squeeze(line) for line in lines))


def test_the_units_above_a_day_signed_it() -> None:
    assert signed("请认真执行。", "青川市水利局", "青川市财政局", "2023年5月6日") == (
        date(2023, 5, 6),
        ("青川市水利局", "青川市财政局"),
    )


def test_units_side_by_side_are_told_apart() -> None:
    found = signed("请执行。", "青川市水利局  青川市财政局", "青川市教育局青川市统计局", "2023年5月6日")
    assert found[1] == ("青川市水利局", "青川市财政局", "青川市教育局", "青川市统计局")


def test_a_name_cut_at_its_end_is_mended() -> None:
    assert signed("请执行。", "青川市人民政府办公", "厅", "2023年5月6日")[1] == ("青川市人民政府办公厅",)


def test_the_last_of_names_side_by_side_may_go_on_below() -> None:
    found = signed(
        "请执行。",
        "青川市水利局 青川市财政局",
        "青川市分行 国家能源监督管理",
        "委员会青川分局",
        "2023年5月6日",
    )
    assert found[1] == ("青川市水利局", "青川市财政局", "青川市分行", "国家能源监督管理委员会青川分局")


def test_a_unit_and_a_day_on_one_line_are_read() -> None:
    assert signed("各单位：", "请执行。", "青川市水利局2023年5月6日") == (date(2023, 5, 6), ("青川市水利局",))


def test_a_day_in_chinese_numerals_is_read() -> None:
    assert signed("请执行。", "青川市水利局", "二〇二三年十二月三十一日")[0] == date(2023, 12, 31)


@pytest.mark.parametrize(
    "line",
    [
        "发布时间：2023年5月6日",
        "2023年5月6日印发",
        "自2023年5月6日起施行。",
        "2023年5月",
        "2023年2月30日",
        "会议于2023年5月6日",
    ],
)
def test_other_days_are_no_signature(line: str) -> None:
    assert signed("请执行。", "青川市水利局", line)[0] is None


def test_a_day_on_the_first_line_is_no_signature() -> None:
    assert signed("2023年5月6日", "青川市节水方案") == (None, ())


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("青川市水利局", ("青川市水利局",)),
        ("青川市节水工作联席会议办公室（青川市水利局代章）", ("青川市节水工作联席会议办公室",)),
        ("关于印发节水方案的通知", ()),
        ("2023年青川市人民政府", ()),
        ("请各单位执行。", ()),
    ],
)
def test_names_stand_on_lines_of_their_own(line: str, names: tuple[str, ...]) -> None:
    assert names_of(squeeze(line)) == names


def test_white_space_between_words_is_kept_as_one_space() -> None:
    assert spaced(squeeze("甲　 乙\n丙丁")) == "甲 乙 丙丁"


def test_a_whole_date_ends_a_line() -> None:
    assert ends_in_day("青川市2023年5月6日")
    assert not ends_in_day("2023年5月")


@pytest.mark.parametrize(
    "line",
    [
        "本意见自发布之日起施行。",
        "有效期5年。",
        "特此通知。",
        "青川市水利局",
        "2023年5月6日",
        "（此件公开发布）",
        "抄送：市委办公室。",
    ],
)
def test_a_line_of_the_close_is_known(line: str) -> None:
    assert is_closing(squeeze(line))


@pytest.mark.parametrize("line", ["本方案确定的任务由各地落实。", "开展用水检查。", "到2025年5月6日完成。"])
def test_a_sentence_of_the_plan_is_no_close(line: str) -> None:
    assert not is_closing(squeeze(line))


def test_a_day_inside_a_document_counts_only_right_below_a_unit() -> None:
    def inside(*lines: str) -> tuple[date | None, tuple[str, ...]]:
        return signature_inside(tuple(squeeze(line) for line in lines))

    assert inside("请执行。", "青川市水利局", "2023年5月6日", "附件") == (date(2023, 5, 6), ("青川市水利局",))
    assert inside("请执行。", "检查时间为", "2023年5月6日", "附件") == (None, ())
