"""What is new is written together as it would be written alone."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import transaction

from office import the_office
from shuiheng.adapters.records.models import Account, Event, LedgerBatch, Place, Site, WaterUser
from shuiheng.adapters.workbooks import Template, Value
from shuiheng.services.errors import ServiceError
from shuiheng.services.ledger import book_forms as forms
from shuiheng.services.ledger.book_checks import NEW, Effect
from shuiheng.services.ledger.book_first import are_first, write_first
from shuiheng.services.ledger.book_ledger import Ledger, read_ledger
from shuiheng.services.ledger.book_writing import write_row
from shuiheng.services.ledger.keep_facts import Telling, columns_of

DAY = date(2026, 1, 1)


def _effect(form: Template, row: int, values: dict[str, Value], sort: str = NEW) -> Effect:
    return Effect(sheet=form.id, row=row, sort=sort, since=DAY, name=str(row), changes=(), values=values)


def _user(number: str) -> dict[str, Value]:
    return {
        "number": number,
        "name": f"第{number}厂",
        "no_code_reason": "演示",
        "district": "青禾市",
        "legal_person": "王青",
        "is_open": "是",
        "is_above_scale": "否",
        "valid_from": DAY,
    }


def _telling(officer: Account) -> Telling:
    office = the_office()
    batch = LedgerBatch.objects.create(
        kind="ledger_workbook", place=office.place, organisation=office, sha256="0" * 64
    )
    return Telling(by=officer, valid_from=DAY, reason="建账", batch=batch)


@pytest.mark.django_db
def test_users_written_together_are_as_those_written_alone(officer: Account) -> None:
    city = the_office().place
    with transaction.atomic():
        telling, ledger = _telling(officer), read_ledger(officer, city, {})
        together = [_effect(forms.USERS, at, _user(f"90{at}")) for at in (1, 2)]
        assert are_first(forms.USERS, together, ledger) == together
        write_first(forms.USERS, together, ledger, telling)
        write_row(forms.USERS, _user("903"), ledger, telling)
        users = list(WaterUser.objects.order_by("number"))
        facts = [dict(columns_of(user.facts.get())) for user in users]
        for fact, user in zip(facts, users, strict=True):
            assert (fact.pop("name"), user.organisation.kind) == (f"第{user.number}厂", "water_user")
            assert fact.pop("initials") == user.organisation.initials != ""
        assert facts[0] == facts[1] == facts[2]
        site: dict[str, Value] = {"user": "901", "number": "1", "name": "厂区", "valid_from": DAY}
        write_first(forms.SITES, [_effect(forms.SITES, 1, site)], ledger, telling)
        assert Site.objects.get().facts.get().batch == telling.batch
        told = Event.objects.filter(action="ledger.written").order_by("pk").values_list("after", flat=True)
        assert [(each["table"], len(each["subjects"])) for each in told] == [("userfact", 2), ("sitefact", 1)]
        with pytest.raises(ServiceError, match="moved"):
            unknown = site | {"user": "999"}
            write_first(forms.SITES, [_effect(forms.SITES, 2, unknown)], ledger, telling)
        transaction.set_rollback(True)


def test_what_is_known_twice_or_below_another_is_written_alone() -> None:
    ledger = Ledger(city=Place(pk=1))
    row: dict[str, Value] = {"user": "1", "code": "布", "valid_from": DAY}
    twice = [_effect(forms.ACTIVITIES, at, row) for at in (1, 2)]
    assert are_first(forms.ACTIVITIES, twice, ledger) == []
    meter: dict[str, Value] = {"keeper": "水司", "number": "1", "parent": "2"}
    assert are_first(forms.METERS, [_effect(forms.METERS, 1, meter)], ledger) == []
    assert len(are_first(forms.METERS, [_effect(forms.METERS, 1, meter | {"parent": None})], ledger)) == 1
    assert are_first(forms.ACTIVITIES, [_effect(forms.ACTIVITIES, 1, row, "changed")], ledger) == []
