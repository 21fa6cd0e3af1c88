"""Programs call with a token or with the session of the site."""

from __future__ import annotations

import pytest
from django.test import Client

from shuiheng.adapters.records.models import Account
from shuiheng.services.api_token import make_token

pytestmark = pytest.mark.django_db
OK, NOT_KNOWN, FORBIDDEN = 200, 401, 403


def test_a_token_opens_what_its_account_may(officer: Account) -> None:
    token = make_token(officer, name="a", days=1)
    answer = Client().get("/api/v1/plans", headers={"Authorization": f"Bearer {token}"})
    assert answer.status_code == OK


def test_without_a_token_the_answer_says_how_to_get_one() -> None:
    for headers in ({}, {"Authorization": "Bearer x"}, {"Authorization": "Basic eA=="}):
        answer = Client().get("/api/v1/plans", headers=headers)
        assert answer.status_code == NOT_KNOWN
        assert answer.json()["code"] == "services.token_missing"
        assert answer.headers["WWW-Authenticate"] == "Bearer"


def test_a_session_reads_and_needs_the_forgery_token_to_write(officer: Account) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(officer)
    assert client.get("/api/v1/plans").status_code == OK
    assert client.post("/api/v1/progress/1/file").status_code == FORBIDDEN
