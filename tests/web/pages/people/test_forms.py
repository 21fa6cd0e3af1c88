"""What forms about people hold."""

from __future__ import annotations

from datetime import date

import pytest
from django.http import Http404, HttpRequest
from django.test import RequestFactory

from shuiheng.services.errors import ServiceError
from shuiheng.web.pages.people import forms


def _posted(**fields: str) -> HttpRequest:
    return RequestFactory().post("/", fields)


def test_a_text_is_stripped_cut_and_without_the_zero_character() -> None:
    assert forms.text(_posted(reason=" 离\x00岗 "), "reason") == "离岗"
    assert len(forms.text(_posted(reason="x" * 999), "reason")) == 300
    with pytest.raises(ServiceError, match="reason_needed"):
        forms.needed_reason(_posted(reason="  "))


@pytest.mark.parametrize("given", ["", "x", "-1", "1.0", "１", "9" * 12, "1 or 1=1"])
def test_what_is_no_key_is_not_found(given: str) -> None:
    with pytest.raises(Http404):
        forms.key(_posted(account=given), "account")


def test_a_grant_has_role_days_and_reason() -> None:
    grant = forms.grant_from(_posted(role="reader", from_on="2026-12-01", reason="函"))
    assert (grant.role, grant.from_on, grant.to_on, grant.reason) == ("reader", date(2026, 12, 1), None, "函")
    with pytest.raises(ServiceError, match="wrong_days"):
        forms.grant_from(_posted(role="reader", from_on="2026-13-01"))
    with pytest.raises(Http404):
        forms.grant_from(_posted(role="emperor"))


def test_a_proposal_may_name_who_is_replaced() -> None:
    assert forms.proposed_from(_posted(role="reader", display_name="周工", replaces="7")).replaces == 7
    assert forms.proposed_from(_posted(role="reader", display_name="周工", replaces="")).replaces is None
