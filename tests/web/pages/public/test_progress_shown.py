"""An edition is written out in words, with the names of facts in its formulas."""

from __future__ import annotations

import json
from datetime import date

import pytest
from django.utils import translation

from shuiheng.adapters.records.models import Place, PublicEdition
from shuiheng.adapters.rulebook.indicator_definitions import indicator_book
from shuiheng.services.indicators.indicator_json import indicator_json
from shuiheng.web.pages.public.progress_shown import FIELDS, edition_file, shown_edition
from shuiheng.web.words_publication import COLUMNS, TABLES

CELL = {"district": "东区", "use_class": "", "users": None, "users_unknown": None}
FIGURE = {
    "figure": 3,
    "place": "青禾市",
    "definition": "water_per_gdp",
    "year": 2025,
    "value": "45.2",
    "unit": "",
    "unit_names": {"zh": "立方米/万元", "en": "m³ per 10⁴ yuan"},
    "up_to": "2025-12-31",
    "released_on": "2026-02-01",
}


def _edition() -> PublicEdition:
    definition = indicator_json(indicator_book().indicators["water_per_gdp"])
    content = {
        "on": "2026-06-30",
        "licence": {"zh": "可用", "en": "free"},
        "summary": {"unknown": 1},
        "targets": [
            {"plan": "方案", "demand": {"zh": "≤ 9 %", "en": "≤ 9 %"}, "value": None, "standing": "unknown"}
        ],
        "figures": [FIGURE],
        "definitions": {"water_per_gdp": definition},
        "use": {
            "first": "2025-01",
            "last": "2025-12",
            "rule": {"fewest": 3, "dominance": "0.85", "nearness": "0.05"},
            "rows": [
                {**CELL, "m3": None, "withheld": True},
                {**CELL, "district": "*", "m3": "120", "withheld": False},
            ],
        },
    }
    place = Place(name="青禾市", slug="qinghe")
    return PublicEdition(place=place, number=2, on=date(2026, 6, 30), licence="可用", content=content)


@pytest.mark.parametrize(
    ("language", "word"), [("zh-hans", "地区生产总值"), ("en", "gross domestic product")]
)
def test_a_formula_names_its_facts(language: str, word: str) -> None:
    with translation.override(language):
        (definition,) = shown_edition(_edition())["definitions"]
    assert word in definition.formula and "÷" in definition.formula
    assert definition.clauses


def test_every_column_of_every_table_has_words() -> None:
    assert {name for fields in FIELDS.values() for name in fields} <= set(COLUMNS)
    assert set(TABLES) == {*FIELDS, "columns"}


def test_a_withheld_cell_is_empty_in_a_file_and_no_zero() -> None:
    content = edition_file(_edition(), "use", "json")
    assert content is not None
    first, second = json.loads(content)["rows"]
    assert (first["m3"], first["withheld"]) == (None, "true")
    assert second["m3"] == "120"


def test_there_is_no_other_table() -> None:
    assert edition_file(_edition(), "people", "csv") is None
    assert edition_file(_edition(), "use", "exe") is None


@pytest.mark.parametrize(
    ("told", "shown"),
    [("13.7096774194", "13.71"), ("0.61746", "0.6175"), ("3.5", "3.5"), ("12", "12"), ("-0.5", "-0.5")],
)
def test_a_page_shows_two_decimals_and_no_needless_zeros(told: str, shown: str) -> None:
    row = _edition()
    row.content["figures"] = [{**FIGURE, "value": told}]
    (figure,) = shown_edition(row)["figures"]
    assert str(figure["value"]) == shown
