"""Facts of many subjects at once."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from office import the_office
from services.cases.asked import ON, subject_of
from services.ledger.used_city import add_used
from shuiheng.adapters.records.models import Account
from shuiheng.adapters.rulebook.programme_words import programme_words
from shuiheng.services.cases.facts import READERS, FactShelf, facts_for
from shuiheng.services.cases.subjects import Subject

pytestmark = pytest.mark.django_db


def test_every_reader_is_of_a_fact_that_programmes_name() -> None:
    words = programme_words().facts
    assert set(READERS) <= set(words)
    assert {words[name].origin for name in READERS} <= {"ledger", "readings"}


def test_the_number_of_queries_does_not_grow_with_the_subjects(officer: Account) -> None:
    place = the_office().place
    subjects = [subject_of(add_used(officer, f"{number}厂", 10)) for number in range(4)]
    names = [*READERS, "member:balance_test"]
    counts = []
    for some in (subjects[:1], subjects):
        with CaptureQueriesContext(connection) as asked:
            facts_for(place, some, names, ON)
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_what_was_read_for_one_list_is_not_read_again_for_the_next(officer: Account) -> None:
    place, shelf = the_office().place, FactShelf()
    subjects = [subject_of(add_used(officer, f"{number}厂", 10)) for number in range(2)]
    names = [*READERS, "member:balance_test"]
    first = facts_for(place, subjects, names, ON, shelf=shelf)
    with CaptureQueriesContext(connection) as asked:
        assert facts_for(place, subjects, names, ON, shelf=shelf) == first
    assert not asked.captured_queries
    assert set(facts_for(place, subjects[:1], names, ON, shelf=shelf)) == {subjects[0].key}


def test_an_organisation_is_known_by_its_water_user(officer: Account) -> None:
    user = add_used(officer, "青禾厂", 10)
    owner = user.organisation_id
    unit = Subject(key="organisation:1", name="青禾厂", sort="organisation", organisation=owner)
    found = facts_for(the_office().place, [unit], ["use_class"], ON)
    assert found[unit.key]["use_class"].value == "industry"


def test_a_subject_without_a_user_and_a_fact_that_nobody_keeps_are_unknown(officer: Account) -> None:
    user = add_used(officer, "青禾厂", 10)
    lake = Subject(key="name:湖", name="湖", sort="place")
    found = facts_for(the_office().place, [subject_of(user), lake], ["use_class", "has_water_rules"], ON)
    assert set(found[lake.key]) == set()
    assert set(found[subject_of(user).key]) == {"use_class"}
