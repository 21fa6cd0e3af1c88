"""Dates: what they do and which day they set."""

from __future__ import annotations

from datetime import date

import pytest

from shuiheng.plans.extract.dates import DateMark, DateUse, date_marks
from shuiheng.plans.extract.surface import surface_of
from shuiheng.plans.wording import squeeze

DAYS = [
    ("到2022年，建成", "deadline", "2022-12-31"),
    ("到2022年底，建成", "deadline", "2022-12-31"),
    ("2022年底前，建成", "deadline", "2022-12-31"),
    ("2022年年底前建成", "deadline", "2022-12-31"),
    ("2022年内建成", "deadline", "2022-12-31"),
    ("2022年6月底前建成", "deadline", "2022-06-30"),
    ("2022年2月底前建成", "deadline", "2022-02-28"),
    ("2022年6月15日前建成", "deadline", "2022-06-15"),
    ("2022年上半年，建成", "deadline", "2022-06-30"),
    ("2022年第三季度，建成", "deadline", "2022-09-30"),
    ("2023年秋季学期建成", "deadline", "2023-12-31"),
    ("第三季度前建成", "deadline", "2021-09-30"),
    ("上半年前建成", "deadline", "2021-06-30"),
    ("2022年11-12月，建成", "deadline", "2022-12-31"),
    ("2021-2025年，每年建成", "deadline", "2025-12-31"),
    ("2021至2025年，每年建成", "deadline", "2025-12-31"),
    ("“十四五”期间，建成", "deadline", "2025-12-31"),
    ("到“十四五”末，建成", "deadline", "2025-12-31"),
    ("“十五五”时期，建成", "deadline", "2030-12-31"),
    ("到二〇二五年，建成", "deadline", "2025-12-31"),
    ("2030年前，达峰", "deadline", "2030-12-31"),
    ("2025年，全市建成", "deadline", "2025-12-31"),
    ("12月底前完成", "deadline", "2021-12-31"),
    ("9月底前完成", "deadline", "2021-09-30"),
    ("到2022年底之前，建成", "deadline", "2022-12-31"),
    ("较2015年下降", "base", "2015-12-31"),
    ("比2020年降低", "base", "2020-12-31"),
    ("以2020年为基数下降", "base", "2020-12-31"),
    ("在2020年基础上提高", "base", "2020-12-31"),
    ("截至2020年底，建成", "past", "2020-12-31"),
    ("2016年以来，建成", "past", "2016-12-31"),
    ("“十三五”以来，建成", "past", "2020-12-31"),
    ("“十三五”期间，建成", "past", "2020-12-31"),
    ("2019年，建成", "past", "2019-12-31"),
    ("2021年3月5日，召开会议", "past", "2021-03-05"),
    ("从2023年起，每年开展", "start", "2023-12-31"),
    ("2023年起每年开展", "start", "2023-12-31"),
    ("改造2000年前建成的小区", "name", "2000-12-31"),
    ("做好2021年考核的工作", "name", "2021-12-31"),
    ("“十四五”时期是关键", "name", "2025-12-31"),
]


def _marks(text: str, year: int | None = 2021) -> list[DateMark]:
    return date_marks(surface_of(squeeze(text)), known_year=year)


@pytest.mark.parametrize(("text", "use", "day"), DAYS)
def test_a_date_has_a_use_and_a_day(text: str, use: str, day: str) -> None:
    (mark,) = _marks(text)
    assert (mark.use.value, mark.day) == (use, date.fromisoformat(day))


@pytest.mark.parametrize(
    "text",
    ["《规划（2021-2025年）》", "规划（2021-2025年）编制", "每年底前报送", "GB/T31234-2019", "第2025次"],
)
def test_years_in_titles_brackets_and_rhythms_are_no_dates(text: str) -> None:
    assert _marks(text) == []


def test_before_a_year_is_marked_as_readable_both_ways() -> None:
    (mark,) = _marks("2025年前，建成")
    assert mark.is_year_before


def test_a_date_without_a_year_needs_the_year_of_the_document() -> None:
    (known,) = _marks("9月底前完成")
    assert known.is_inferred
    assert all(mark.day is None for mark in _marks("9月底前完成", None))


def test_the_end_of_the_year_takes_no_year_from_the_document() -> None:
    (mark,) = _marks("年底前完成")
    assert mark.day is None
    assert mark.other_day == date(2021, 12, 31)
    assert _marks("年底前完成", None)[0].other_day is None


@pytest.mark.parametrize("words", ["年底前建成", "年内建成", "全年建成"])
def test_the_end_of_the_year_takes_the_year_said_before(words: str) -> None:
    last = _marks(f"2024年6月底前建成平台，{words}小区9个")[-1]
    assert (last.day, last.is_inferred) == (date(2024, 12, 31), True)


def test_a_whole_year_that_nothing_names_is_no_date() -> None:
    assert _marks("全年建成9个") == []


def test_a_past_year_needs_a_year_to_be_past() -> None:
    (mark,) = _marks("2019年，建成", None)
    assert mark.use is DateUse.DEADLINE


def test_months_in_characters_are_read() -> None:
    (mark,) = _marks("二〇二四年十月底前安装到位")
    assert mark.day == date(2024, 10, 31)


def test_within_some_years_is_no_date() -> None:
    assert _marks("三年内改造泵房") == []


NAMES = ["编制2022-2023年温室气体清单，组织核查", "2020年度遥感发现的问题点位完成整改"]


@pytest.mark.parametrize("text", NAMES)
def test_years_in_the_name_of_a_thing_set_no_day(text: str) -> None:
    assert {mark.use for mark in date_marks(surface_of(squeeze(text)), known_year=2024)} == {DateUse.NAME}
