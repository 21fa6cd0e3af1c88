"""Errors of cases: each has its code, its values and a remedy."""

from __future__ import annotations

import inspect

import pytest

from shuiheng.adapters.rulebook.finding_texts import finding_texts
from shuiheng.programmes import errors
from shuiheng.programmes.errors import CaseError, StepNotOpenError, WrongActorError

CLASSES = [
    each
    for _, each in inspect.getmembers(errors, inspect.isclass)
    if issubclass(each, CaseError) and each is not CaseError and "code" in vars(each)
]


@pytest.mark.parametrize("error", CLASSES, ids=lambda each: each.__name__)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_each_error_has_its_sentence_with_the_blanks_that_it_fills(
    error: type[CaseError], language: str
) -> None:
    text = finding_texts(language)[error.code]
    filled = dict.fromkeys([*inspect.signature(error).parameters, "needs", "waits_for"], "…")
    assert text.says.format(**filled) and text.remedy.format(**filled)


def test_codes_are_told_apart() -> None:
    assert len({each.code for each in CLASSES}) == len(CLASSES)


def test_a_message_says_what_and_what_to_do() -> None:
    error = WrongActorError("award", "visitor", ("office", "unit"))
    assert str(error) == (
        "programmes.wrong_actor: 'visitor' may not end step award. One of these may: office, unit."
    )
    assert error.values == {"step": "award", "actor": "visitor", "who": "office, unit"}
    assert "waits for apply" in str(StepNotOpenError("award", ["apply"]))
    assert "has ended" in str(StepNotOpenError("award", []))
