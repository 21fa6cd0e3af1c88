"""Rows of use norms are read strictly."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from shuiheng.adapters.rulebook.errors import RulebookError
from shuiheng.adapters.rulebook.use_norms import read_use_norms, shipped_use_norms
from shuiheng.allowances.use_norm import UseNorm
from shuiheng.rules.parameter import Check, Mark

SOURCE = "kind: standard\ntitle: 演示定额\neffective_on: 2022-01-01\nchecked: {day: null, by: null}\n"
PLACES = "cn: {zh: 全国, en: the nation}\ncn-99: {zh: 演示省, en: Demo province}\n"
NORMS = """
standard: demo-norms
area: "99"
from: 2022-01-01
to: 2030-01-01
mark: found
recorded: 2026-05-01
scope: 含食堂
rows:
  - {id: office, table: 表3, industry: "92", product: 机关, condition: 有食堂, unit: m³/(人·a),
     general: "25", advanced: "10.0", leader: "9", factors: ["0.8", "1.2"], page: "12"}
  - {id: hospital, product: 医院, unit: L/(床·d), general: "800", scope: 不含门诊}
checked: {day: 2026-05-01, by: 王某}
"""


def read(folder: Path, text: str = NORMS, *, name: str = "demo-norms") -> tuple[UseNorm, ...]:
    for path, content in (
        ("places.yaml", PLACES),
        ("sources/demo-norms.yaml", SOURCE),
        (f"norms/{name}.yaml", text),
    ):
        place = folder / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(content, encoding="utf-8")
    return read_use_norms(folder)


def test_a_row_has_what_stands_in_it_and_above_it(tmp_path: Path) -> None:
    office, hospital = read(tmp_path)
    assert (office.id, office.standard, office.area) == ("office", "demo-norms", "99")
    assert (office.valid_from, office.valid_to) == (date(2022, 1, 1), date(2030, 1, 1))
    assert (office.general, office.advanced, office.leader) == (Decimal(25), Decimal(10), Decimal(9))
    assert str(office.advanced) == "10.0" and office.factors == (Decimal("0.8"), Decimal("1.2"))
    assert (office.table, office.page, office.industry, office.condition) == ("表3", "12", "92", "有食堂")
    assert (office.scope, hospital.scope) == ("含食堂", "不含门诊")
    assert hospital.advanced is None and hospital.leader is None and hospital.factors is None
    assert office.check == Check(by="王某", on=date(2026, 5, 1)) and office.is_binding


def test_rows_that_were_recorded_after_the_check_are_unchecked(tmp_path: Path) -> None:
    office, _ = read(tmp_path, NORMS.replace("recorded: 2026-05-01", "recorded: 2026-05-02"))
    assert office.check is None and not office.is_binding


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("standard: demo-norms", "standard: other", "not the source"),
        ('area: "99"', 'area: "98"', "unknown place"),
        ("from: 2022-01-01", "from: 2021-12-31", "before its standard"),
        ("to: 2030-01-01", "to: 2022-01-01", "ends before it begins"),
        ("mark: found", "mark: sure", "unknown word"),
        ("id: hospital", "id: office", "stands twice"),
        ("id: hospital", "id: Hospital", "no id"),
        ('industry: "92"', 'industry: "S92"', "no code"),
        ("unit: L/(床·d)", "unit: 床", "not water per unit"),
        ('general: "25"', "general: 25", "quoted number"),
        ('general: "25"', 'general: "0"', "above 0"),
        ('advanced: "10.0"', 'advanced: "26"', "stricter value is above"),
        ('leader: "9"', 'leader: "11"', "stricter value is above"),
        ('["0.8", "1.2"]', '["1.2", "0.8"]', "do not rise"),
        ('["0.8", "1.2"]', '["0.8"]', "two numbers"),
        ('["0.8", "1.2"]', '["a", "b"]', "two numbers"),
        ("product: 医院, ", "", "`product` is missing"),
        ("page:", "seite:", "unknown field"),
    ],
)
def test_a_broken_row_is_refused_with_its_place(tmp_path: Path, old: str, new: str, reason: str) -> None:
    assert old in NORMS
    with pytest.raises(RulebookError, match=r"norms/demo-norms\.yaml:\d+") as caught:
        read(tmp_path, NORMS.replace(old, new, 1))
    assert reason in caught.value.reason


def test_a_file_is_named_after_its_standard(tmp_path: Path) -> None:
    with pytest.raises(RulebookError, match="not the source"):
        read(tmp_path, name="demo-other")


def test_the_rows_of_shandong_are_there_and_do_not_bind() -> None:
    rows = [norm for norm in shipped_use_norms() if norm.standard == "db37-t-4452-2021"]
    assert len(rows) == 14 and {norm.area for norm in rows} == {"37"}
    assert {norm.mark for norm in rows} == {Mark.KNOWN} and not any(norm.is_binding for norm in rows)
    office = next(norm for norm in rows if norm.id == "office")
    assert (office.general, office.advanced, office.unit) == (Decimal(25), Decimal(10), "m³/(人·a)")
