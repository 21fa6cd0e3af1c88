"""Saved filters."""

from __future__ import annotations

import pytest

from shuiheng.adapters.records.models import Account, SavedFilter
from shuiheng.services.errors import NotThereError, ServiceError
from shuiheng.services.save_filter import MOST, drop_filter, save_filter


def test_a_name_is_kept_once_with_the_newest_query(officer: Account) -> None:
    for query in ("unit=a", "unit=b"):
        save_filter(officer, page="register", name=" 逾期 ", query=query)
    assert [(kept.name, kept.query) for kept in SavedFilter.objects.all()] == [("逾期", "unit=b")]


def test_a_filter_belongs_to_its_account(officer: Account, reader: Account) -> None:
    kept = save_filter(officer, page="register", name="逾期", query="unit=a")
    with pytest.raises(NotThereError):
        drop_filter(reader, kept.pk)
    drop_filter(officer, kept.pk)
    assert not SavedFilter.objects.exists()


def test_a_filter_needs_a_name_and_there_is_a_most(officer: Account) -> None:
    with pytest.raises(ServiceError, match=r"services\.filter_name"):
        save_filter(officer, page="register", name=" ", query="")
    for number in range(MOST):
        save_filter(officer, page="register", name=f"筛选{number}", query="")
    with pytest.raises(ServiceError, match=r"services\.too_many_filters"):
        save_filter(officer, page="register", name="又一个", query="")
    save_filter(officer, page="register", name="筛选0", query="unit=a")
