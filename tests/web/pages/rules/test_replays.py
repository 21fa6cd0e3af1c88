"""A replay is asked for on a page, and its result is read, filtered and exported."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoCaptureOnCommitCallbacks

from office import make_account
from services.charges.made_up import City, book, ladder, made_up_city, use_book
from services.rules.proposals import LADDER, a_ladder, accepted, reviewer
from shuiheng.adapters.records.models import Account, Job, LocalRule, Role
from shuiheng.adapters.rulebook.value_json import value_json
from shuiheng.services.rules import replay
from shuiheng.services.rules.local_rules import propose_rule

pytestmark = pytest.mark.django_db
GONE = 404
WHOLE = dict.fromkeys(range(1, 13), 130_000)


@pytest.fixture
def city(officer: Account, monkeypatch: pytest.MonkeyPatch) -> City:
    """A city whose rules are all checked, with three users."""
    made = book()
    use_book(monkeypatch, made)
    monkeypatch.setattr(replay, "rulebook_now", lambda city: made)
    found = made_up_city(officer)
    found.user("甲厂", litres=WHOLE)
    found.user("乙厂", litres=WHOLE | {7: None})
    found.user("丙厂", litres=dict.fromkeys(range(1, 13), 90_000))
    return found


def _asked(office: Client, city: City, callbacks: DjangoCaptureOnCommitCallbacks, **changed: str) -> Job:
    value = {**value_json(ladder()), "bands": [{"multiple": "1"}]}
    row = propose_rule(city.clerk, city.metered.place.pk, a_ladder(value=value))
    sent = {"value": f"proposal:{LADDER}:{row.pk}", "kind": "over_plan", "year": "2025"}
    with callbacks(execute=True):
        answer = office.post(reverse("start_replay"), sent | changed)
    assert answer.status_code == 302, answer.content
    return Job.objects.get(kind="replay")


def test_who_pays_more_and_less_is_shown_by_class_district_and_user(
    office: Client, city: City, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    job = _asked(office, city, django_capture_on_commit_callbacks)
    page = office.get(reverse("replay", args=[job.pk])).content.decode()
    for words in ("2,880.00", "1,440.00", "-1,440.00", "-50.0%", "工业", "东区", "水量不全", "试算", "甲厂"):
        assert words in page, words
    less = office.get(reverse("replay", args=[job.pk]), {"side": "less"}).content.decode()
    assert "甲厂" in less and "丙厂" not in less and "乙厂" not in less
    assert "乙厂" in office.get(reverse("replay", args=[job.pk]), {"side": "unknown"}).content.decode()
    found = office.get(reverse("replay", args=[job.pk]), {"q": "丙", "class": "industry"}).content.decode()
    assert "丙厂" in found and "甲厂" not in found
    assert job.title in office.get(reverse("replays")).content.decode()
    sent = office.get(reverse("replay_export", args=[job.pk, "csv"]), {"side": "less"}).content.decode(
        "utf-8-sig"
    )
    assert "甲厂" in sent and "丙厂" not in sent and "-1440" in sent.replace(",", "")


def test_a_proposal_leads_to_its_replay(office: Client, officer: Account) -> None:
    row = accepted(officer)
    page = office.get(reverse("rule_proposal", args=[row.pk])).content.decode()
    assert f"value=proposal:{LADDER.replace('/', '/')}" in page
    form = office.get(reverse("replays"), {"value": f"proposal:{LADDER}:{row.pk}"}).content.decode()
    assert f'value="proposal:{LADDER}:{row.pk}" data-doc selected' in form and "shipped:" in form


def test_what_cannot_be_asked_is_said_or_not_there(office: Client, city: City) -> None:
    def sent(**changed: str) -> dict[str, str]:
        return {"value": f"proposal:{LADDER}:9", "kind": "over_plan", "year": "2025"} | changed

    for wrong in ({"value": "x"}, {"kind": "poetry"}, {"year": ""}, {"value": f"proposal:{LADDER}:x"}, {}):
        assert office.post(reverse("start_replay"), sent(**wrong)).status_code == GONE
    page = office.post(reverse("start_replay"), sent(year="2999"), follow=True).content.decode()
    assert "还没有结束" in page


def test_others_see_no_replay(
    office: Client, city: City, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    job = _asked(office, city, django_capture_on_commit_callbacks)
    for role in (Role.PARTNER_CLERK, Role.ENTERPRISE_FILER):
        client = Client()
        client.force_login(make_account(f"who-{role}", role))
        assert client.get(reverse("replay", args=[job.pk])).status_code == GONE
        assert client.get(reverse("replays")).status_code == GONE
    client = Client()
    client.force_login(reviewer())
    assert client.get(reverse("replay", args=[job.pk])).status_code == 200
    assert client.get(reverse("replay_export", args=[job.pk, "pdf"])).status_code == GONE


def test_what_stands_in_the_form_is_replayed_without_being_proposed(
    office: Client, city: City, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    form = reverse("propose_rule", args=["charges", "non_household_price"])
    address = reverse("try_rule_value", args=["charges", "non_household_price"])
    assert f'formaction="{address}"' in office.get(form).content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        answer = office.post(address, {"v.1.name": "all", "v.1.number": "6"})
    job = Job.objects.get(kind="replay")
    assert answer.status_code == 302 and answer.headers["Location"] == reverse("replay", args=[job.pk])
    assert not LocalRule.objects.exists()
    assert office.post(reverse("try_rule_value", args=["permits", "acceptance_days"])).status_code == GONE
