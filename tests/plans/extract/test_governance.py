"""How far a date governs."""

from __future__ import annotations

from datetime import date

import pytest

from plans.extract.reading import read
from shuiheng.plans.extract.governance import NO_REIGN, Reign
from shuiheng.plans.passage import PassageRole

GOVERNED = [
    ("到2022年，甲率达到10%，乙率达到20%。", [2022, 2022]),
    ("到2022年，甲率达到10%；乙率达到20%。", [2022, 2022]),
    ("到2022年，甲率达到10%；到2025年，乙率达到20%。", [2022, 2025]),
    ("到2022年，甲率达到10%。乙率达到20%以上，推广节水技术。", [2022, None]),
    ("甲率达到10%以上。到2022年，乙率达到20%。", [None, 2022]),
    ("到2022年，建成企业9家。青山县4家、白水县5家。", [2022, 2022, 2022]),
    ("到2025年，改造管网9公里，其中2023年4公里、2024年5公里；建成水厂2座。", [2025, 2023, 2024, 2025]),
    ("到2025年，甲率2023年达到10%、2024年达到20%；乙率达到30%。", [2023, 2024, 2025]),
    ("甲率2023年达到10%、2024年达到20%；乙率达到30%。", [2023, 2024, 2024]),
    ("2023年底前，甲率达到10%。乙率达到20%以上。", [2023, None]),
    ("2023年，建成企业9家。学校、小区6家，青山县4家。", [2023, 2023, 2023]),
    ("建成企业9家，改造管网80公里，2023年底前完成。", [2023, 2023]),
    ("到2022年，甲率比2020年提高5%，乙率达到20%。", [2022, 2022]),
    ("2020年前，每年改造管网8公里。", [2020]),
    ("按照2030年达峰的目标，甲率达到30%以上。", [None]),
]


@pytest.mark.parametrize(("text", "years"), GOVERNED)
def test_a_date_governs_the_rest_of_its_sentence_and_its_breakdown(
    text: str, years: list[int | None]
) -> None:
    targets = [target for target in read(text).targets if target.value is not None]
    assert [t.deadline.year if t.deadline else None for t in targets] == years


def test_in_main_targets_a_date_governs_the_following_sentences() -> None:
    text = "到2025年，制度逐步完善。甲率达到30%。乙率达到40%，推广节水。"
    targets = read(text, role=PassageRole.GENERAL_TARGETS).targets
    assert [t.deadline.year if t.deadline else None for t in targets] == [2025, 2025]


def test_before_a_year_offers_the_year_before() -> None:
    (target,) = read("2025年前，甲率达到30%。").targets
    assert [(a.field, a.value, a.reason) for a in target.alternatives] == [
        ("deadline", "2024-12-31", "year_before")
    ]
    assert target.confidence < 0.8


def test_the_deadline_at_the_end_is_handed_on() -> None:
    found = read("到2025年，主要目标是：", role=PassageRole.GENERAL_TARGETS)
    assert found.last_day is not None
    assert found.last_day.year == 2025


def test_no_date_sets_no_day() -> None:
    assert NO_REIGN.day is None
    assert Reign().years == ()


ROW_DUE = [
    ("建成水厂3座，甲率达到30%。", ["2024-06-30", "2024-06-30"]),
    ("到2023年，建成水厂3座。甲率达到30%，推广节水。", ["2023-12-31", "2024-06-30"]),
    ("建成水厂3座；其中2023年建成1座。", ["2024-06-30", "2023-12-31"]),
    ("年底前建成水厂3座。", ["2024-06-30"]),
    ("编制节水规划，建立监管台账。", ["2024-06-30", "2024-06-30"]),
]


@pytest.mark.parametrize(("text", "days"), ROW_DUE)
def test_the_deadline_of_the_row_holds_where_the_words_give_none(text: str, days: list[str]) -> None:
    targets = read(text, due=date(2024, 6, 30)).targets
    assert [t.deadline.isoformat() if t.deadline else None for t in targets] == days


def test_the_deadline_of_the_row_is_offered_for_removal() -> None:
    (target,) = read("建成水厂3座。", due=date(2024, 6, 30)).targets
    assert [(a.field, a.value, a.reason) for a in target.alternatives] == [
        ("deadline", "null", "from_row_due")
    ]


def test_without_a_date_a_result_is_no_milestone() -> None:
    assert read("编制节水规划，建立监管台账。").targets == ()


def test_the_end_of_an_unnamed_year_is_offered_in_the_year_of_the_document() -> None:
    (target,) = read("年底前建成水厂3座。", year=2024).targets
    assert target.deadline is None
    assert [(a.value, a.reason) for a in target.alternatives] == [("2024-12-31", "year_not_said")]
