"""Every range of the rulebook is told in words, and none is lost."""

from __future__ import annotations

from decimal import Decimal

from django.utils import translation

from shuiheng.adapters.rulebook.parameters import shipped_rulebook
from shuiheng.rules.parameter import DatedValue
from shuiheng.web.pages.penalties.shown import measures_of

BOOK = shipped_rulebook()
PENALTIES = [value for rule in BOOK.values() if rule.id.startswith("penalties/") for value in rule.values]


def _digits(value: DatedValue) -> set[str]:
    said = value.value["ranges"]  # type: ignore[index,call-overload]  # a record by its declaration
    return {f"{part:,f}" for each in said for part in each.values() if isinstance(part, Decimal)}  # type: ignore[union-attr]


def test_every_number_of_every_range_is_told_and_every_case_has_words() -> None:
    assert len(PENALTIES) > 80
    with translation.override("zh-hans"):
        for value in PENALTIES:
            measures = measures_of(value)
            text = "".join(each.words for each in measures)
            assert all(each.when and (each.fine or each.also) for each in measures), value.rule
            assert all(number.rstrip("0").rstrip(".") in text for number in _digits(value)), value.rule
            assert "_" not in text, value.rule
