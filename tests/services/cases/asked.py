"""Subjects for questions about facts."""

from __future__ import annotations

from datetime import date

from office import the_office
from shuiheng.adapters.records.models import WaterUser
from shuiheng.services.cases.fact_basis import FactBasis
from shuiheng.services.cases.facts import facts_for
from shuiheng.services.cases.subjects import FactValue, Subject

ON = date(2026, 6, 1)


def subject_of(user: WaterUser) -> Subject:
    """Return a water user as what a case is about."""
    return Subject(key=f"user:{user.pk}", name=user.organisation.name, sort="water_user", user=user.pk)


def fact(user: WaterUser, name: str, on: date = ON) -> FactValue | None:
    """Return a fact of a user, or None where there is no word of it."""
    subject = subject_of(user)
    return facts_for(the_office().place, [subject], [name], on)[subject.key].get(name)


def value(user: WaterUser, name: str, on: date = ON) -> object:
    """Return the value of a fact of a user; None where it is not known."""
    found = fact(user, name, on)
    return None if found is None else found.value


def basis_of(*users: WaterUser) -> FactBasis:
    """Return what facts of users are read from."""
    return FactBasis(city=the_office().place, users=frozenset(user.pk for user in users), on=ON)
