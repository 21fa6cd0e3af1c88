"""From the query to the rows of the register."""

from __future__ import annotations

import pytest
from django.http import QueryDict
from django.test import RequestFactory

from shuiheng.web.pages.register.listing import filter_query, wanted_from


@pytest.mark.parametrize("due", ["2026", "late", "soon", "none"])
def test_a_due_filter_that_is_known_is_kept(due: str) -> None:
    assert wanted_from(QueryDict(f"due={due}")).due == due


@pytest.mark.parametrize("query", ["due=0000", "due=x", "role=owner", "status=red", "due=99999"])
def test_values_that_nobody_knows_are_dropped(query: str) -> None:
    wanted = wanted_from(QueryDict(query))
    assert (wanted.due, wanted.role, wanted.status) == ("", "", "")


def test_only_what_filters_is_saved() -> None:
    request = RequestFactory().get("/register/", {"due": "2026", "page": "3", "q": "灌区", "unit": ""})
    assert QueryDict(filter_query(request)).dict() == {"due": "2026", "q": "灌区"}
