"""Files of dated values: what they may say, and that a broken one is refused with its place and remedy."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shuiheng.adapters.rulebook.errors import RulebookError
from shuiheng.adapters.rulebook.parameters import read_parameters, shipped_rulebook
from shuiheng.rules.parameter import Better, Check, Mark, Parameter, Shape

SOURCE = """
kind: regulation
title: 演示市节水办法
effective_on: 2020-03-01
checked: {day: null, by: null}
"""
PLACES = """
cn: {zh: 全国, en: the nation}
cn-99: {zh: 演示省, en: Demo province}
cn-9901: {zh: 演示市, en: Demo city}
"""
NATION = """
name: {zh: 加价阶梯, en: Surcharge ladder}
shape: record
fields: {mode: text, bands: list, up_to: ratio, multiple: times, prices: yuan_m3}
choices: {mode: [additional, total]}
values: []
checked: {day: null, by: null}
"""
CITY = """
values:
  - from: 2020-03-01
    to: 2030-01-01
    value: {mode: additional, bands: [{up_to: "0.10", multiple: "1"}, {up_to: null, multiple: "2"}]}
    source: demo-rules
    at: 第三条
    printed: [百分之十]
    mark: found
    recorded: 2026-05-01
    note: 草案
checked: {day: null, by: null}
"""


def write(folder: Path, **files: str) -> Path:
    texts = {
        "places": PLACES,
        "sources/demo-rules": SOURCE,
        "parameters/cn/charges/ladder": NATION,
        "parameters/cn-9901/charges/ladder": CITY,
    } | {name.replace("__", "/").replace("_9901", "-9901"): text for name, text in files.items()}
    for name, text in texts.items():
        place = folder / f"{name}.yaml"
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text, encoding="utf-8")
    return folder


def city(folder: Path, old: str = "", new: str = "") -> Mapping[str, Parameter]:
    assert old in CITY
    return read_parameters(write(folder, parameters__cn_9901__charges__ladder=CITY.replace(old, new, 1)))


def test_a_rule_is_declared_once_and_has_the_values_of_all_places(tmp_path: Path) -> None:
    ladder = city(tmp_path)["charges/ladder"]
    assert (ladder.names["en"], ladder.shape, ladder.better) == ("Surcharge ladder", Shape.RECORD, None)
    (value,) = ladder.values
    assert (value.area, value.valid_from, value.valid_to) == ("9901", date(2020, 3, 1), date(2030, 1, 1))
    assert (value.source, value.clause, value.printed) == ("demo-rules", "第三条", ("百分之十",))
    assert (value.mark, value.check, value.recorded_on) == (Mark.FOUND, None, date(2026, 5, 1))
    assert (value.note, value.withdrawn_on) == ("草案", None)


def test_numbers_are_exact_words_stay_words_and_null_is_left_out(tmp_path: Path) -> None:
    (value,) = city(tmp_path)["charges/ladder"].values
    assert value.value == {
        "mode": "additional",
        "bands": (
            {"up_to": Decimal("0.10"), "multiple": Decimal(1)},
            {"multiple": Decimal(2)},
        ),
    }


def test_a_check_covers_what_was_recorded_up_to_its_day_only(tmp_path: Path) -> None:
    new = 'checked: {day: "", by: 王某}'.replace('""', "2026-05-01")
    (value,) = city(tmp_path / "a", "checked: {day: null, by: null}", new)["charges/ladder"].values
    assert value.check == Check(by="王某", on=date(2026, 5, 1)) and value.is_binding
    old = new.replace("2026-05-01", "2026-04-30")
    (value,) = city(tmp_path / "b", "checked: {day: null, by: null}", old)["charges/ladder"].values
    assert value.check is None and not value.is_binding


def test_a_value_may_begin_before_its_source_when_it_is_said_why(tmp_path: Path) -> None:
    early = "from: 2019-01-01\n    earlier: 追溯适用"
    (value,) = city(tmp_path, "from: 2020-03-01", early)["charges/ladder"].values
    assert value.valid_from == date(2019, 1, 1)


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("  - from: 2020-03-01\n    to", "  - to", "`from` is missing"),
        ("from: 2020-03-01", "from: 2020-02-29", "begins before its source"),
        ("from: 2020-03-01", "from: 2020-03-01\n    earlier: 追溯", "does not begin before"),
        ("to: 2030-01-01", "to: 2020-03-01", "ends before it begins"),
        ("source: demo-rules", "source: other-rules", "no source `other-rules`"),
        ("    at: 第三条\n", "", "`at` is missing"),
        ("    printed: [百分之十]\n", "", "lacks the figures"),
        ("mark: found", "mark: sure", "unknown word `sure`"),
        ("    mark: found\n", "", "`mark` is missing"),
        ("    recorded: 2026-05-01\n", "", "`recorded` is missing"),
        ("recorded: 2026-05-01", "recorded: 2026-05-01\n    withdrawn: 2026-05-01", "ends before it begins"),
        ('up_to: "0.10"', "up_to: 10", "no quotes"),
        ('up_to: "0.10"', "up_to: 0.10", "no quotes"),
        ('up_to: "0.10"', 'up_to: "ten"', "not a number"),
        ('up_to: "0.10"', 'up_to: "NaN"', "that ends"),
        ('up_to: "0.10"', 'to: "0.10"', "unknown field `to`"),
        ("mode: additional", "mode: other", "unknown word `other`"),
        ("mode: additional", "mode: 3", "a word is missing"),
        ("mode: additional", "mode: true", "a word is missing"),
        ("mode: additional", "prices: {}", "no number is given"),
        (
            '[{up_to: "0.10", multiple: "1"}, {up_to: null, multiple: "2"}]',
            "[]",
            "a list is empty",
        ),
        (
            '{mode: additional, bands: [{up_to: "0.10", multiple: "1"}, {up_to: null, multiple: "2"}]}',
            "null",
            "a value is missing",
        ),
        (
            '{mode: additional, bands: [{up_to: "0.10", multiple: "1"}, {up_to: null, multiple: "2"}]}',
            '"0.10"',
            "expected dict",
        ),
        ("note: 草案", "remark: 草案", "unknown field `remark`"),
        ("values:", "unit: ratio\nvalues:", "`name` is missing"),
        (
            "values:",
            NATION.strip().replace("up_to: ratio", "up_to: m3").split("values")[0] + "values:",
            "not as the file of the nation",
        ),
        (
            "values:",
            NATION.strip().replace("Surcharge ladder", "Ladder").split("values")[0] + "values:",
            "not as the file of the nation",
        ),
        ("checked: {day: null, by: null}", "checked: {day: 2026-01-01, by: null}", "day without a person"),
        (
            "checked: {day: null, by: null}",
            "",
            "`checked` is missing",
        ),
    ],
)
def test_a_value_that_breaks_the_form_is_refused_with_its_place(
    tmp_path: Path, old: str, new: str, reason: str
) -> None:
    with pytest.raises(RulebookError) as caught:
        city(tmp_path, old, new)
    assert caught.value.file == "parameters/cn-9901/charges/ladder.yaml"
    assert caught.value.line > 1 or "missing" in reason
    assert reason in caught.value.reason
    assert caught.value.remedy


def test_two_values_of_one_day_need_two_days_of_record(tmp_path: Path) -> None:
    entry = CITY[CITY.index("  - from") : CITY.index("checked")]
    with pytest.raises(RulebookError, match="two values begin on 2020-03-01"):
        city(tmp_path / "a", "checked:", entry.strip("\n") + "\nchecked:")
    later = entry.replace("2026-05-01", "2026-06-01").strip("\n")
    assert len(city(tmp_path / "b", "checked:", later + "\nchecked:")["charges/ladder"].values) == 2


@pytest.mark.parametrize(
    ("nation", "reason"),
    [
        (NATION.replace("shape: record", "shape: number"), "unknown unit"),
        (NATION.replace("shape: record", "shape: number\nunit: ratio"), "only records and bands"),
        (NATION.replace("shape: record", "shape: record\nunit: ratio"), "has no unit"),
        (NATION.replace("mode: text", "mode: word"), "unknown word `word`"),
        (NATION.replace("shape: record", "shape: record\nbetter: more"), "unknown word `more`"),
        (NATION.replace(", en: Surcharge ladder", ""), "`en` is missing"),
        (NATION.replace("{mode: [", "{bands: ["), "no field of words"),
        (NATION.replace("[additional, total]", "[]"), "no word is given"),
        (NATION.replace("shape: record", ""), "`shape` is missing"),
    ],
)
def test_a_declaration_that_breaks_the_form_is_refused(tmp_path: Path, nation: str, reason: str) -> None:
    with pytest.raises(RulebookError) as caught:
        read_parameters(write(tmp_path, parameters__cn__charges__ladder=nation))
    assert caught.value.file == "parameters/cn/charges/ladder.yaml"
    assert reason in caught.value.reason


@pytest.mark.parametrize("folder", ["cn-9902", "cn-990", "county"])
def test_a_place_must_be_known(tmp_path: Path, folder: str) -> None:
    with pytest.raises(RulebookError, match="unknown place"):
        read_parameters(write(tmp_path, **{f"parameters/{folder}/charges/ladder": NATION}))


def test_a_place_cannot_have_values_of_a_rule_that_nobody_declared(tmp_path: Path) -> None:
    with pytest.raises(
        RulebookError, match=r"cn-9901/charges/other.*not declared.*parameters/cn/charges/other"
    ):
        read_parameters(write(tmp_path, **{"parameters/cn-9901/charges/other": CITY}))


@pytest.mark.parametrize("place", ["parameters/stray", "parameters/cn-9901/stray"])
def test_a_file_on_the_wrong_level_is_not_passed_over(tmp_path: Path, place: str) -> None:
    with pytest.raises(RulebookError, match=r"stray\.yaml:1: the file lies beside"):
        read_parameters(write(tmp_path, **{place: CITY}))


def test_the_shipped_rulebook_loads_whole_and_once() -> None:
    book = shipped_rulebook()
    assert book is shipped_rulebook()
    assert all(rule == book[rule].id for rule in book)
    assert {each.rule for rule in book for each in book[rule].values} <= set(book)
    better = [book[rule].better for rule in book]
    assert set(better) <= {None, Better.LOWER, Better.HIGHER}


@given(
    place=st.integers(0, len(CITY) - 1),
    length=st.integers(0, 12),
    new=st.text(st.sampled_from(list(CITY) + list("&*!|>%@`#\t{}[]:,-'\"9e.") + ["\u3000"]), max_size=6),
)
def test_a_file_that_was_spoilt_loads_or_is_refused_and_nothing_else(
    tmp_path_factory: pytest.TempPathFactory, place: int, length: int, new: str
) -> None:
    spoilt = CITY[:place] + new + CITY[place + length :]
    folder = write(tmp_path_factory.mktemp("spoilt"), parameters__cn_9901__charges__ladder=spoilt)
    try:
        rules = read_parameters(folder)
    except RulebookError as error:
        assert error.reason and error.remedy and error.line >= 1
    else:
        assert set(rules) == {"charges/ladder"}
