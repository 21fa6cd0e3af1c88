"""Lines of a pasted list become things with name, district, number and facts; faults name their line."""

from __future__ import annotations

import pytest

from shuiheng.services.cases.subject_lines import MOST_LINES, LineFault, SubjectLine, read_lines

PLACES = {"东河区": 2, "青禾市": 1}


def _read(
    text: str, facts: tuple[str, ...] = (), city: int | None = 1
) -> tuple[list[SubjectLine], list[LineFault]]:
    return read_lines(text, places=PLACES, facts=facts, city=city)


def test_cells_of_a_worksheet_and_words_between_commas_are_read_alike() -> None:
    found, faults = _read("名称\t区县\t编号\n滨江路 管段\t东河区\tGD-1\n\n文昌路管段，，GD-2\n新华路管段")
    assert not faults
    assert [(each.name, each.district, each.number) for each in found] == [
        ("滨江路 管段", 2, "GD-1"),
        ("文昌路管段", 1, "GD-2"),
        ("新华路管段", 1, ""),
    ]


def test_facts_are_kept_as_answers_of_cases_are() -> None:
    facts = ("site_type", "saves_by_contract", "visits_year")
    found, faults = _read("甲园\t东河区\t\t园区\t是\t1200\n乙园\t\t\t\t\t", facts)
    assert not faults
    assert found[0].facts == {"site_type": "park", "saves_by_contract": "yes", "visits_year": "1200"}
    assert found[1].facts == {}


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("\t东河区", "case_subjects.bad_name"),
        ("很" * 111, "case_subjects.bad_name"),
        ("甲\t西海区", "case_subjects.no_district"),
        ("甲\n甲", "case_subjects.twice"),
        ("甲\t\t\t宫殿", "case_subjects.bad_fact"),
    ],
)
def test_a_fault_names_its_line(text: str, code: str) -> None:
    _, faults = _read(f"先行一条\n{text}", ("site_type",))
    assert [each.code for each in faults] == [code]
    assert faults[0].number == 1 + len(text.splitlines())


def test_a_unit_of_no_place_must_say_the_district() -> None:
    assert _read("甲", city=None)[1][0].code == "case_subjects.no_district"


def test_a_list_that_is_too_long_is_refused_whole() -> None:
    found, faults = _read("\n".join(f"管段{number}" for number in range(MOST_LINES + 1)))
    assert not found and [each.code for each in faults] == ["case_subjects.too_many"]
    assert len(_read("\n".join(f"管段{number}" for number in range(MOST_LINES)))[0]) == MOST_LINES
