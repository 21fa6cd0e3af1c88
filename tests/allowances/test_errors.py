"""What errors of this room say."""

from __future__ import annotations

from decimal import Decimal
from string import Formatter

import pytest

from shuiheng.adapters.rulebook import finding_texts
from shuiheng.allowances import errors
from shuiheng.allowances.errors import AllowanceError

SAMPLES = [
    errors.BadRuleError("allowances/method", "it needs the word method"),
    errors.UnknownMethodError("dice", ["norm", "minimum"]),
    errors.UnknownUnitError("kg"),
    errors.NotThisNormError("t", "人"),
    errors.BadSplitError("there are 11 months, not 12"),
    errors.BadShareError("two claims have one key"),
    errors.FrozenMonthError("u/s/2027", [1, 2]),
    errors.BelowZeroError("u/s/2027", 3, Decimal(-1)),
    errors.NotConservedError("e1", Decimal(5)),
    errors.WrongStateError("e1", state="approved", wanted="rejected"),
    errors.NotAllowedError("e1", "borrow_too_much", most_m3=Decimal(5)),
]


@pytest.mark.parametrize("error", SAMPLES, ids=lambda error: error.code)
def test_an_error_begins_with_its_code_and_says_what_is_wrong(error: AllowanceError) -> None:
    assert str(error).startswith(f"{error.code}: ")
    assert len(str(error)) > len(error.code) + 20


def test_each_cause_has_its_class_and_its_code() -> None:
    kinds = {kind for kind in vars(errors).values() if isinstance(kind, type)} - {AllowanceError}
    mine = {kind for kind in kinds if kind.__module__ == errors.__name__}
    assert mine == {type(error) for error in SAMPLES}
    assert len({kind.code for kind in mine}) == len(mine)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_each_code_has_its_words(language: str) -> None:
    known = finding_texts(language)
    codes = [error.code for error in SAMPLES]
    assert not [code for code in codes if code not in known]


@pytest.mark.parametrize("why", errors.REFUSALS)
def test_each_reason_of_a_refusal_has_its_words_and_names_no_other_figures(why: str) -> None:
    figures = {name for _, name, _, _ in Formatter().parse(errors.REFUSALS[why]) if name}
    error = errors.NotAllowedError("e1", why, **dict.fromkeys(figures, "7"))
    assert str(error).startswith(f"allowances.{why}: ")
    for language in ("zh", "en"):
        text = finding_texts(language)[f"allowances.{why}"]
        asked = {name for _, name, _, _ in Formatter().parse(text.says + text.remedy) if name}
        assert asked <= {*figures, "entry"}
