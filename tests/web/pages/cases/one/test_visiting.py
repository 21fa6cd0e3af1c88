"""The form of a visit is opened by those who make it, tells a phone that it may be kept, and is taken."""

from __future__ import annotations

import pytest
from django.urls import reverse

from services.cases.acting import Cast
from shuiheng.adapters.records.models import ProgrammeCase
from web.pages.awards.conftest import Browser

pytestmark = pytest.mark.django_db
DONE, REFUSED, GONE = 302, 422, 404
FORM = {"visited_at": "2025-03-01T09:30", "present": "后勤处", "record": "水表完好"}


def _visit(cast: Cast) -> ProgrammeCase:
    row = cast.invited()
    cast.prove(cast.filer, row, "apply", 1)
    cast.end(cast.filer, row, "apply", 1)
    cast.prove(cast.district, row, "review", 2)
    return cast.end(cast.district, row, "review", 2)


def test_who_visits_opens_the_form_and_nobody_else(cast: Cast, browser: Browser) -> None:
    row = cast.invited()
    address = reverse("case_visit_form", args=[row.pk])
    assert browser(cast.inspector).get(address).status_code == GONE  # nothing to visit yet
    row = ProgrammeCase.objects.get(pk=row.pk)
    cast.prove(cast.filer, row, "apply", 1)
    cast.end(cast.filer, row, "apply", 1)
    cast.prove(cast.district, row, "review", 2)
    cast.end(cast.district, row, "review", 2)
    answer = browser(cast.inspector).get(address)
    page = answer.content.decode()
    assert answer.headers["X-Phone-Form"] == "1"
    assert 'data-kind="case_visit"' in page and 'data-photo="case_photo"' in page
    assert 'name="criterion-teaching"' in page
    assert browser(cast.filer).get(address).status_code == GONE
    shown = browser(cast.inspector).get(reverse("case", args=[row.pk])).content.decode()
    assert address in shown


def test_with_a_network_the_form_is_sent_as_any_other(cast: Cast, browser: Browser) -> None:
    row = _visit(cast)
    client, address = browser(cast.inspector), reverse("case_visit_form", args=[row.pk])
    refused = client.post(address, FORM | {"criterion-teaching": "77"})
    page = refused.content.decode()
    assert refused.status_code == REFUSED and "水表完好" in page and 'value="77"' in page
    assert client.post(address, FORM | {"criterion-teaching": "7"}).status_code == DONE
    assert row.evidence.filter(kind="site_record").count() == 1
    assert row.answers.get().value == "7"
