"""Rules of membership load with their source and clause, and the words of plans are read by the rulebook."""

from __future__ import annotations

import json
import shutil
from collections import Counter
from decimal import Decimal
from pathlib import Path

import pytest

from places import PACKAGE, SHARED, needs_real_plans
from shuiheng.adapters.rulebook import RulebookError
from shuiheng.adapters.rulebook.membership import membership_book, read_membership
from shuiheng.kernel.comparison import Comparison
from shuiheng.rules.cut_offs import CutOff, WhyNot, rules_of_cut_off

BOOK = membership_book()


def test_every_rule_names_its_source_and_place() -> None:
    assert {"key_list_national", "online_metering_surface", "water_manager_national"} <= set(BOOK.rules)
    for rule in BOOK.rules.values():
        assert rule.source and rule.at and rule.names["en"]
        assert rule.rule.duty in BOOK.duties and rule.rule.quantity in BOOK.quantities


def test_a_legal_word_decides_whether_the_limit_itself_is_in() -> None:
    assert BOOK.rules["key_list_national"].rule.op is Comparison.AT_LEAST
    assert BOOK.rules["water_manager_national"].rule.op is Comparison.ABOVE
    assert BOOK.rules["key_list_national"].rule.limit == Decimal(500_000_000)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("duty: key_list", "duty: no_such"),
        ("quantity: annual_use", "quantity: rainfall"),
        ("comparator: 以上", "comparator: 左右"),
        ("source: cn-ndrc-2019-695", "source: hearsay"),
        ("source: cn-ndrc-2019-695\n", ""),
        ("at: 工业", "where: 工业"),
        ("unit: m3", "unit: 户"),
        ("from: 2022-01-01\n", ""),
        ("to: null", "to: 2021-01-01"),
        ("[industry, power, services]", "[industry, poets]"),
        ("mark: known", "mark: hoped"),
        ("strength: must", "strength: perhaps"),
    ],
)
def test_a_rule_that_breaks_the_form_does_not_load(tmp_path: Path, old: str, new: str) -> None:
    for part in ("ledger", "sources"):
        shutil.copytree(PACKAGE / "rulebook" / part, tmp_path / part)
    file = tmp_path / "ledger" / "membership" / "key_list_national.yaml"
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new), "utf-8")
    with pytest.raises(RulebookError):
        read_membership(tmp_path)


def test_a_word_that_means_two_things_does_not_load(tmp_path: Path) -> None:
    for part in ("ledger", "sources"):
        shutil.copytree(PACKAGE / "rulebook" / part, tmp_path / part)
    file = tmp_path / "ledger" / "duties.yaml"
    file.write_text(file.read_text("utf-8").replace("[水务经理,", "[水务经理, 用水审计,"), "utf-8")
    with pytest.raises(RulebookError, match="用水审计"):
        read_membership(tmp_path)


@needs_real_plans
@pytest.mark.real_plans
def test_each_cut_off_of_the_real_plans_is_a_rule_or_says_why_not() -> None:
    duties: list[str] = []
    whys: list[WhyNot] = []
    for path in sorted((SHARED / "plans" / "gold").glob("*.json")):
        for each in json.loads(path.read_text("utf-8"))["thresholds"]:
            cut_off = CutOff(
                applies_to=each["applies_to"],
                quantity=each["quantity"],
                op=each["op"],
                value=Decimal(str(each["value"])),
                unit=each["unit"],
                effect=each["effect"],
            )
            found = rules_of_cut_off(cut_off, BOOK.words)
            if isinstance(found, WhyNot):
                whys.append(found)
            else:
                duties += [rule.duty for rule in found]
                assert not any(rule.who.unread for rule in found)
    expected = {"allowance": 3, "key_list": 2, "online_metering": 1, "record": 1, "water_manager": 1}
    assert Counter(duties) == expected
    assert Counter(whys) == {WhyNot.NO_DUTY: 1, WhyNot.OTHER_QUANTITY: 5}
