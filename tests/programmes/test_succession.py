"""What a new version of a kind must keep."""

from __future__ import annotations

from dataclasses import replace

import pytest

from programmes.made import NAMES, RESULT, kind
from shuiheng.programmes.kind import CountRule, Measure, OncePer, ProgrammeKind
from shuiheng.programmes.succession import Kept, dropped_by

OLD = kind()
BUILT, KILOMETRES = OLD.counts


def test_what_is_done_for_a_result_may_change() -> None:
    new = kind(version=2, steps=OLD.steps[:1], criteria=None, names={"zh": "新名", "en": "new"})
    assert not list(dropped_by(OLD, new))


def test_levels_counts_and_measures_may_be_added() -> None:
    new = kind(
        result=replace(RESULT, levels=("city", "province", "nation")),
        measures=(*OLD.measures, Measure(id="flats", names=NAMES, unit="count")),
        counts=(*OLD.counts, CountRule(id="more", names=NAMES, step="award")),
    )
    assert not list(dropped_by(OLD, new))


@pytest.mark.parametrize(
    ("new", "sort", "name"),
    [
        (kind(subject="place"), Kept.SUBJECT, "organisation"),
        (kind(result=replace(RESULT, levels=("province", "city"))), Kept.LEVELS, "city、province"),
        (kind(measures=(Measure(id="length", names=NAMES, unit="m3"),)), Kept.MEASURE, "length"),
        (kind(counts=(KILOMETRES,), rates=OLD.rates), Kept.COUNT, "built"),
        (kind(counts=(replace(BUILT, once_per=OncePer.CASE), KILOMETRES)), Kept.COUNT, "built"),
        (kind(rates=()), Kept.RATE, "share"),
    ],
)
def test_what_cases_are_counted_by_must_stay(new: ProgrammeKind, sort: Kept, name: str) -> None:
    assert [(each.sort, each.name) for each in dropped_by(OLD, new)] == [(sort, name)]
