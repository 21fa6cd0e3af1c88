"""Kinds of programmes: what is read, what a family gives, and what is refused."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.rulebook.programme_files import GOOD, folder_with
from shuiheng.adapters.rulebook.errors import RulebookError
from shuiheng.adapters.rulebook.programme_text import shipped_text
from shuiheng.adapters.rulebook.programmes import (
    Edition,
    read_city_kind,
    read_past_programmes,
    read_programmes,
    shipped_programmes,
)
from shuiheng.programmes.kind import CountWay, OncePer, ProgrammeKind

PUTS = ("", "x", "- a", "[]", "{}", "{a: 1}", "5", '"5"', "2026-01-01")
EDITION = Edition(kind="saving_school", version=1001, valid_from=date(2026, 1, 1))


def _read(tmp_path: Path, kind: str = GOOD, **families: str) -> ProgrammeKind:
    return read_programmes(folder_with(tmp_path, kind=kind, **families))["model"]


def test_a_kind_is_read_whole(tmp_path: Path) -> None:
    kind = _read(tmp_path)
    assert (kind.id, kind.version, kind.subject) == ("model", 1, "water_user")
    assert (kind.valid_from, kind.valid_to) == (date(2024, 1, 1), date(2030, 1, 1))
    assert [step.id for step in kind.steps] == ["apply", "review", "award"]
    built, kilometres = kind.counts
    assert (built.measure, built.once_per, built.ways) == ("count", OncePer.SUBJECT, tuple(CountWay))
    assert (kilometres.measure, kilometres.ways) == ("length", (CountWay.IN_YEAR,))
    assert (kind.rates[0].weight, kind.serves[0].words) == ("use_year_m3", ("示范",))
    assert kind.is_template


def test_a_kind_takes_from_its_family_what_it_does_not_say_itself(tmp_path: Path) -> None:
    own = GOOD[: GOOD.index("steps:")] + "like: shared\nchecked: {day: null, by: null}\n"
    rest = GOOD[GOOD.index("steps:") :].replace("version: 1", "version: 7")
    kind = _read(tmp_path, own, shared=rest)
    whole = _read(tmp_path, GOOD)
    assert (kind.steps, kind.criteria, kind.result) == (whole.steps, whole.criteria, whole.result)
    over = _read(tmp_path, own.replace("like:", "public: [name]\nlike:"), shared=rest)
    assert (over.public, kind.public) == (("name",), ("name", "level"))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("version: 1", "version: 1\ncolour: red"),
        ("version: 1", "like: nobody"),
        ("until: 2030-01-01", "until: 2024-01-01"),
        ("subject: water_user", "subject: moon"),
        ("unit: km", "unit: parsec"),
        ("  length: {zh", "  count: {zh"),
        ("is: industry", "is: bakery"),
        ("{id: kilometres,", "{id: built,"),
        ("step: award, once_per: subject", "step: lunch, once_per: subject"),
        ("measure: length, once", "measure: weight, once"),
        ("ways: [in_year]", "ways: [sometimes]"),
        ("ways: [in_year]", "ways: [in_year, in_year]"),
        ("once_per: subject", "once_per: moon"),
        ("once_per: subject", "once_per: subject, not_also: [nobody]"),
        ("count: built, register", "count: houses, register"),
        ("{id: share,", "{id: built,"),
        ("weight: use_year_m3", "weight: use_class"),
        ("counting: built", "counting: houses"),
        ("words: [示范]", "words: []"),
        ("public: [name, level]", "public: [name, password]"),
        ("source: cn-reg-776", "source: no-such-law"),
        ("checked: {day: null, by: null}", "checked: {day: 2026-01-01, by: null}"),
    ],
)
def test_what_is_unknown_or_stands_twice_is_refused_with_its_place(
    tmp_path: Path, old: str, new: str
) -> None:
    assert old in GOOD
    with pytest.raises(RulebookError) as caught:
        _read(tmp_path, GOOD.replace(old, new))
    assert caught.value.file == "programmes/model.yaml"
    assert caught.value.line > 1
    assert caught.value.remedy


def test_a_score_needs_criteria(tmp_path: Path) -> None:
    without = GOOD[: GOOD.index("criteria:")] + GOOD[GOOD.index("result:") :]
    with pytest.raises(RulebookError, match="criteria"):
        _read(tmp_path, without)
    assert _read(tmp_path, without.replace("score: true", "score: false")).criteria is None


def test_a_kind_without_counts_counts_for_nothing_and_is_refused(tmp_path: Path) -> None:
    without = GOOD[: GOOD.index("counts:")] + "counts: []\n" + GOOD[GOOD.index("serves:") :]
    with pytest.raises(RulebookError, match="count"):
        _read(tmp_path, without)


def test_a_family_does_not_say_what_only_a_kind_can(tmp_path: Path) -> None:
    with pytest.raises(RulebookError, match="name"):
        _read(tmp_path, GOOD, shared="name: {zh: 家, en: family}\nchecked: {day: null, by: null}\n")


def test_every_shipped_kind_loads() -> None:
    kinds = shipped_programmes()
    assert {"saving_enterprise", "balance_test"} <= set(kinds)
    assert all(kind.steps and kind.counts and kind.bases for kind in kinds.values())


@given(
    st.integers(0, 10_000), st.sampled_from(("", "x", "- a", "[]", "{}", "{a: 1}", "5", '"5"', "2026-01-01"))
)
def test_a_text_that_was_tampered_with_is_read_or_refused_with_a_line(place: int, put: str) -> None:
    lines = shipped_text("saving_school").splitlines()
    place %= len(lines)
    field, colon, _ = lines[place].partition(":")
    lines[place] = f"{field}{colon} {put}"
    try:
        read_city_kind("\n".join(lines), EDITION)
    except RulebookError as error:
        assert 1 <= error.line <= len(lines) + 1
        assert error.remedy


@pytest.mark.parametrize(
    ("old", "new", "line", "reason"),
    [
        ("subject: water_user", "subject: planet", 2, "unknown subject"),
        ("subject: water_user", "subject: water_user\nlike: carrier", 3, "unknown field `like`"),
        ("subject: water_user", "subject: &x water_user", 2, "anchor"),
        ("subject: water_user", "until: 2025-12-31\nsubject: water_user", 2, "ends before"),
        ("  - id: apply\n", "  - id: Apply now\n", 5, "is no id"),
        ("due: {days: 90,", "due: {days: 90000000,", 8, "not from 1"),
    ],
)
def test_a_fault_in_a_text_of_a_city_has_its_line(old: str, new: str, line: int, reason: str) -> None:
    text = shipped_text("saving_school")
    assert text.count(old) == 1
    with pytest.raises(RulebookError, match=reason) as caught:
        read_city_kind(text.replace(old, new), EDITION)
    assert caught.value.line == line


def test_a_version_of_the_past_is_read_by_the_number_of_its_name(tmp_path: Path) -> None:
    folder = folder_with(tmp_path, kind=GOOD.replace("version: 1", "version: 2"))
    past = tmp_path / "programmes" / "past"
    past.mkdir()
    (past / "model-1.yaml").write_text(GOOD, "utf-8")
    found = read_past_programmes(folder)
    assert [(key, kind.version) for key, kind in found.items()] == [(("model", 1), 1)]
    (past / "model-3.yaml").write_text(GOOD, "utf-8")
    with pytest.raises(RulebookError, match="not that of the name"):
        read_past_programmes(folder)
