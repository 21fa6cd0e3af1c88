"""Criteria of programmes: what is read and what is refused."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from adapters.rulebook.programme_files import GOOD, folder_with
from shuiheng.adapters.rulebook.errors import RulebookError
from shuiheng.adapters.rulebook.programmes import read_programmes
from shuiheng.programmes.criteria import NO_LEVEL, Absent, Band, Criteria, CriterionRule, Slope
from shuiheng.rules.conditions import Operator

D = Decimal


def _read(tmp_path: Path, kind: str = GOOD) -> Criteria:
    criteria = read_programmes(folder_with(tmp_path, kind=kind))["model"].criteria
    assert criteria is not None
    return criteria


def test_a_tree_is_read_with_marks_and_leaves(tmp_path: Path) -> None:
    criteria = _read(tmp_path)
    assert (criteria.full, criteria.most_bonus, criteria.absent) == (100, 10, Absent.SCALE)
    assert criteria.pass_marks == {"city": 80, "province": 90}
    lawful, _, reuse, meters, rain = criteria.leaves()
    assert (lawful.rule, lawful.points) == (CriterionRule.VETO, 0)
    assert reuse.slope == Slope(zero_at=D("0.5"), full_at=D("0.9"))
    assert meters.bands == (Band(operator=Operator.AT_LEAST, limit=D(1), points=D(30)),)
    assert rain.is_bonus


def test_a_kind_without_levels_has_one_mark(tmp_path: Path) -> None:
    plain = GOOD.replace('pass: {city: "80", province: "90"}', 'pass: "85"')
    plain = plain.replace("  levels: [city, province]\n", "")
    plain = plain[: plain.index("  upgrade:")] + plain[plain.index("  revocations:") :]
    assert _read(tmp_path, plain).pass_marks == {NO_LEVEL: 85}


def test_points_add_up_on_every_day(tmp_path: Path) -> None:
    old = 'rule: manual, points: "40"}'
    until = GOOD.replace(old, 'rule: manual, points: "40", until: 2026-01-01}')
    with pytest.raises(RulebookError, match="add up to 60"):
        _read(tmp_path, until)
    replaced = until.replace(
        "        - {id: reuse,",
        '        - {id: care_new, name: {zh: 新, en: New}, rule: manual, points: "40", from: 2026-01-01}\n'
        "        - {id: reuse,",
    )
    assert len(tuple(_read(tmp_path, replaced).leaves())) == 6


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('full: "100"', 'full: "0"'),
        ('full: "100"', 'full: "90"'),
        ('weight: "100"', 'weight: "99"'),
        ('{city: "80", province: "90"}', '{city: "80"}'),
        ('{city: "80", province: "90"}', '{city: "95", province: "90"}'),
        ('{city: "80", province: "90"}', '{city: "80", province: "101"}'),
        ("absent: scale", "absent: guess"),
        ("rule: manual", "rule: mood"),
        ('rule: manual, points: "40"', 'rule: manual, points: "0"'),
        ('rule: manual, points: "40"', 'rule: manual, points: "40", fact: reuse_rate'),
        ("rule: veto, passes", 'rule: veto, points: "5", passes'),
        ('{none: [{fact: broke_water_law, is: "yes"}]}', "{all: []}"),
        ("fact: reuse_rate", "fact: use_class"),
        ('zero_at: "0.5"', 'zero_at: "0.9"'),
        ('full_at: "0.9"', 'full_at: "0.9", per: "0"'),
        ('[{at_least: "1", points: "30"}]', '[{at_least: "1", points: "20"}]'),
        ('[{at_least: "1", points: "30"}]', '[{at_least: "1", points: "30"}, {below: "1", points: "-1"}]'),
        ('[{at_least: "1", points: "30"}]', '[{points: "30"}]'),
        ('[{at_least: "1", points: "30"}]', "[]"),
        ("{id: care,", "{id: reuse,"),
        ("bonus: true", "bonus: true, from: 2026-01-01, until: 2025-01-01"),
    ],
)
def test_a_tree_that_cannot_be_scored_is_refused(tmp_path: Path, old: str, new: str) -> None:
    assert old in GOOD
    with pytest.raises(RulebookError) as caught:
        _read(tmp_path, GOOD.replace(old, new, 1))
    assert caught.value.line > 1
