"""The interface keeps its own description: no answer outside it, and none that breaks."""

from __future__ import annotations

import os
from collections import Counter

import pytest
import schemathesis
from django.test import Client
from hypothesis import HealthCheck, given, settings
from schemathesis import GenerationMode
from schemathesis.checks import ignored_auth

from shuiheng.adapters.records.models import Account, Event, Role
from shuiheng.services.api_token import make_token
from shuiheng.services.found_city import found_city, join
from shuiheng.web.wsgi import application
from working_office import make_period, make_plan, make_task, make_unit

pytestmark = pytest.mark.django_db
OK, GONE, FAULT = 200, 404, 500
EXAMPLES = 400 if os.environ.get("SHUIHENG_NIGHTLY") == "1" else 25


@pytest.fixture
def token(officer: Account) -> str:
    """The token of a clerk with a task to report on."""
    plan, unit = make_plan(officer), make_unit("水利局")
    make_task(plan, "改造灌区", unit)
    make_period(plan, officer)
    account = Account.objects.create(username="chen")
    join(account, unit, Role.PARTNER_CLERK)
    return make_token(account, name="t", days=1)


def test_every_operation_is_described_with_its_errors() -> None:
    described = Client().get("/api/v1/openapi.json").json()
    assert described["openapi"].startswith("3.1")
    for path, operations in described["paths"].items():
        for method, operation in operations.items():
            assert "404" in operation["responses"], (path, method)
            assert operation.get("description"), (path, method)


def test_what_is_not_allowed_and_what_is_not_there_look_the_same(token: str, officer: Account) -> None:
    headers = {"Authorization": f"Bearer {token}"}
    other = make_task(make_plan(officer, "other"), "别的")
    other.plan.place = found_city("远山市").place
    other.plan.save()
    hidden = Client().get(f"/api/v1/tasks/{other.pk}", headers=headers)
    missing = Client().get("/api/v1/tasks/999999", headers=headers)
    assert hidden.status_code == missing.status_code == GONE
    assert hidden.content == missing.content
    assert Event.objects.filter(is_refused=True, action="api.refused").count() == 2


@pytest.mark.any_database("the form of calls and answers")
def test_generated_calls_meet_the_description(token: str) -> None:
    schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", application)
    seen: Counter[int] = Counter()

    def check(case: schemathesis.Case) -> None:
        response = case.call(headers={"Authorization": f"Bearer {token}", "Accept-Encoding": "identity"})
        seen[response.status_code] += 1
        case.validate_response(response, excluded_checks=[ignored_auth])

    bounded = settings(
        max_examples=EXAMPLES, deadline=None, database=None, suppress_health_check=list(HealthCheck)
    )
    for operation in schema.get_all_operations():
        for mode in (GenerationMode.POSITIVE, GenerationMode.NEGATIVE):
            bounded(given(operation.ok().as_strategy(generation_mode=mode))(check))()
    print(sorted(seen.items()))
    assert seen[OK] > 0
    assert not [status for status in seen if status >= FAULT]
