"""Elimination lists hold for days, are read from files by their headings, and are ended."""

from __future__ import annotations

from datetime import date

import pytest

from office import the_office
from shuiheng.adapters.records.models import Account, EliminationList
from shuiheng.adapters.records.queries_gates import elimination_lists
from shuiheng.services.errors import ServiceError
from shuiheng.services.gates.keep_list import ListFields, end_list, send_list
from shuiheng.services.permission import Action
from shuiheng.services.scope import sight

pytestmark = pytest.mark.django_db
TEXT = "淘汰目录（摘录）\n序号,依据,名称\n1,指导目录,M751型水泵\n2,指导目录,\n3,,铁屑还原法\n"


def _send(officer: Account, text: str = TEXT, valid_from: date = date(2026, 1, 1)) -> EliminationList:
    fields = ListFields(title="目录", valid_from=valid_from)
    return send_list(officer, the_office().place.pk, fields, content=text.encode(), name="目录.csv")


def test_entries_stand_below_the_headings_in_any_order(officer: Account) -> None:
    assert _send(officer).rows == [
        {"name": "M751型水泵", "kind": "", "source": "指导目录"},
        {"name": "铁屑还原法", "kind": "", "source": ""},
    ]


@pytest.mark.parametrize("text", ["甲,乙\n1,2\n", "名称\n,\n"])
def test_a_file_without_entries_is_refused(officer: Account, text: str) -> None:
    with pytest.raises(ServiceError) as caught:
        _send(officer, text)
    assert caught.value.code == "gates.list_empty"


def test_a_list_holds_from_its_first_day_until_it_is_ended(officer: Account) -> None:
    row, seen = _send(officer), sight(officer, Action.GATES_LOOK)
    assert elimination_lists(seen, on=date(2025, 12, 31)) == []
    assert elimination_lists(seen, on=date(2026, 1, 1)) == [row]
    with pytest.raises(ServiceError) as caught:
        end_list(officer, row.pk, on=date(2026, 1, 1))
    assert caught.value.code == "gates.field"
    end_list(officer, row.pk, on=date(2026, 3, 1))
    assert elimination_lists(seen, on=date(2026, 2, 28)) == [row]
    assert elimination_lists(seen, on=date(2026, 3, 1)) == []
    with pytest.raises(ServiceError) as caught:
        end_list(officer, row.pk, on=date(2026, 4, 1))
    assert caught.value.code == "gates.list_ended"
