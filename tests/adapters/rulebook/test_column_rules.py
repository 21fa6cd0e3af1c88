"""The dictionary of personal data holds every column of every table."""

from __future__ import annotations

import pytest
from django.apps import apps

from shuiheng.adapters.rulebook import ColumnClass, Mask, RulebookError, column_rules
from shuiheng.adapters.rulebook.column_rules import _kind, _term
from shuiheng.adapters.rulebook.strict_yaml import Entry

RULES = column_rules()
# Tables that Django makes for links of many to many hold three keys each and nothing else.
COLUMNS = {
    (table.__name__, field.name) for table in apps.get_models() for field in table._meta.concrete_fields
}
PERSONAL = ("phone", "email", "display_name", "contact_name", "first_name", "last_name", "username")


def test_every_column_has_a_line_and_every_line_its_column() -> None:
    without = sorted(f"{table}.{column}" for table, column in COLUMNS - RULES.keys())
    assert not without, f"add to rulebook/personal_data.yaml: {without}"
    assert not RULES.keys() - COLUMNS


def test_whatever_is_called_like_something_personal_is_sensitive_and_masked() -> None:
    for (table, column), rule in RULES.items():
        if column.endswith(PERSONAL):
            assert rule.column_class is ColumnClass.SENSITIVE, (table, column)
            assert rule.mask is not Mask.PLAIN, (table, column)


def test_what_proves_who_somebody_is_is_never_shown() -> None:
    secrets = {("Account", "password"), ("SecondFactor", "secret"), ("SignedLink", "digest")}
    assert all(RULES[column].mask is Mask.HIDDEN for column in secrets)


def test_what_names_a_person_is_not_kept_for_ever() -> None:
    for (table, column), rule in RULES.items():
        if rule.mask in (Mask.NAME, Mask.PHONE, Mask.EMAIL) and rule.column_class is ColumnClass.SENSITIVE:
            assert rule.term.months is not None, (table, column)


def test_traces_of_signing_in_are_kept_half_a_year_at_least() -> None:
    term = RULES["SignInTrace", "address"].term
    assert term.months is not None and term.months >= term.at_least >= 6


def test_every_column_says_what_it_is_for_and_on_what_basis_it_is_kept() -> None:
    assert all(rule.purpose and rule.term.basis for rule in RULES.values())


def _entry(fields: dict[str, object]) -> Entry:
    return Entry(fields, file="personal_data.yaml", line=1, lines={})


def test_a_line_of_another_form_does_not_load() -> None:
    good = {"class": "内部", "purpose": "x", "mask": "plain", "kept": "always"}
    terms = {"always": _term(_entry({"months": None, "basis": "x"}))}
    assert _kind(_entry(good), terms).mask is Mask.PLAIN
    for wrong in ({"class": "机密"}, {"mask": "half"}, {"kept": "never"}, {"more": 1}):
        with pytest.raises(RulebookError):
            _kind(_entry(good | wrong), terms)
    with pytest.raises(RulebookError, match="shorter"):
        _term(_entry({"months": 3, "at_least": 6, "basis": "x"}))
