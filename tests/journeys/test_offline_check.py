"""An inspector fills in a check where there is no network; all of it arrives later, exactly once."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page

from filing import PHOTO
from journeys.people import NARROW, People, look, people_at_work
from journeys.site import needs_chromium

pytestmark = [
    pytest.mark.browser,
    pytest.mark.loopback,
    pytest.mark.enable_socket,
    needs_chromium,
]
OFFICE_PEOPLE = (("inspector1", "韩一", "inspector"), ("inspector2", "朱二", "inspector"))
SETTLE = """
import json, django
django.setup()
from django.utils import timezone
from shuiheng.adapters.records.models import Account, InspectionItem, InspectorEntry
from shuiheng.services.inspections.open_checks import CheckPlan, open_check
officer = Account.objects.get(username="officer")
office = officer.memberships.get().organisation
made = {"made_by": officer, "made_at": timezone.now(), "from_on": timezone.localdate(), "place": office.place}
entries = [
    InspectorEntry.objects.create(
        organisation=office, account=each, name=each.display_name, certificate=each.username, **made
    )
    for each in Account.objects.filter(username__startswith="inspector")
]
questions = [
    {"id": "meter", "text": "是否装有计量设施", "clause": "", "answer": "yes_no"},
    {"id": "reading", "text": "表底数", "clause": "", "answer": "number", "unit": "m³"},
]
item = InspectionItem.objects.create(
    number="01", name="取水计量", source="取水条例", clause="第五十三条", questions=questions, **made
)
team = [each.pk for each in entries]
plan = CheckPlan(area=office.place_id, items=[item.pk], inspectors=team, subject="东河路洗车点")
print(json.dumps({"check": open_check(officer, plan).pk, "item": item.pk}))
"""
UNIT = """
import json, django
django.setup()
from shuiheng.adapters.records.models import Account
print(json.dumps({"name": Account.objects.get(username="officer").memberships.get().organisation.name}))
"""
TOLD = """
import json, sys, django
django.setup()
from shuiheng.adapters.records.models import Check, EntryReceipt
row = Check.objects.get(pk=sys.argv[1])
print(json.dumps({"state": row.state, "answers": dict(row.answers.values_list("question", "answer")),
    "photos": row.files.count(), "signed": row.team.filter(digest=row.digest).exclude(digest="").count(),
    "receipts": list(EntryReceipt.objects.order_by("pk").values_list("kind", flat=True))}))
"""


@pytest.fixture(scope="module")
def people(tmp_path_factory: pytest.TempPathFactory) -> Iterator[People]:
    with people_at_work(tmp_path_factory.mktemp("offline") / "state") as found:
        yield found


def told(people: People, script: str, *words: str) -> dict[str, object]:
    """Run a script in the installation and return what it prints."""
    environment = {**os.environ, "SHUIHENG_STATE": str(people.state), "SHUIHENG_POLICY": "demo"}
    environment["DJANGO_SETTINGS_MODULE"] = "shuiheng.web.settings"
    environment.pop("SHUIHENG_DATABASE_URL", None)
    command = [sys.executable, "-c", script, *words]
    made = subprocess.run(command, env=environment, check=True, capture_output=True, text=True)
    return json.loads(made.stdout.splitlines()[-1])  # type: ignore[no-any-return]  # plain JSON


def fill_in(page: Page, item: object, photo: Path) -> None:
    """Fill the form in and send it, as somebody does with a thumb."""
    page.check(f"[name='a-{item}/meter'][value=no]")
    page.fill(f"[name='a-{item}/reading']", "1234.5")
    page.set_input_files("[data-photo][data-part='0']", str(photo))
    page.locator(".phone-entries li").first.wait_for()
    page.check("[name=is_certificate_shown]")
    page.fill("[name=begun_at]", "2026-03-02T09:00")
    page.fill("[name=ended_at]", "2026-03-02T10:00")
    page.select_option("[name=result]", "to_mend")
    page.fill("[name=summary]", "二号口没有装表")


def test_a_check_is_filled_in_without_a_network_and_arrives_once(people: People, tmp_path: Path) -> None:
    unit = told(people, UNIT)
    people.join(*((name, shown, str(unit["name"]), role) for name, shown, role in OFFICE_PEOPLE))
    made = told(people, SETTLE)
    photo = tmp_path / "photo.png"
    photo.write_bytes(PHOTO)
    page = people.page("inspector1")
    page.set_viewport_size(NARROW)  # type: ignore[arg-type]  # a plain dict of the right shape
    address = f"/checks/{made['check']}/form/"
    page.goto(address)
    page.locator("form.phone-form[data-ready='1']").wait_for()
    look(page, "check_form")
    phone = page.context
    phone.set_offline(True)
    page.goto("about:blank")  # put away, and opened again where there is no network
    page.goto(address)
    page.set_viewport_size(NARROW)  # type: ignore[arg-type]  # a plain dict of the right shape
    page.locator("form.phone-form[data-offline='1']").wait_for()
    fill_in(page, made["item"], photo)
    page.reload()  # what was typed and kept outlives the page
    page.locator("form.phone-form[data-offline='1']").wait_for()
    assert page.input_value("[name=summary]") == "二号口没有装表"
    page.click("form.phone-form button[type=submit]")
    page.locator("[data-say=kept]:not([hidden])").wait_for()
    look(page, "check_form_offline")
    assert page.locator(".entry-waiting").count() == 2
    assert told(people, TOLD, str(made["check"]))["receipts"] == []
    phone.set_offline(False)
    page.locator("[data-say=sent]:not([hidden])").wait_for()
    page.locator("[data-say=kept][hidden]").wait_for(state="attached")
    page.evaluate("() => window.dispatchEvent(new Event('online'))")  # it has nothing left to send
    kept = told(people, TOLD, str(made["check"]))
    assert kept["state"] == "under_way" and kept["photos"] == 1 and kept["signed"] == 1
    assert kept["answers"] == {f"{made['item']}/meter": "no", f"{made['item']}/reading": "1234.5"}
    assert kept["receipts"] == [f"check_photo:{made['check']}:0", f"check_form:{made['check']}"]
    other = people.page("inspector2")
    other.goto(f"/checks/{made['check']}/")
    look(other, "check")
    other.click("text=核对无误，签字")
    other.locator("text=有问题待办结").first.wait_for()
    assert told(people, TOLD, str(made["check"]))["signed"] == 2


def test_nothing_is_kept_of_other_pages_or_after_signing_out(people: People) -> None:
    page = people.page("inspector1")
    page.goto("/checks/")
    kept = page.evaluate(
        """async () => { const cache = await caches.open('phone-forms-1');
        return (await cache.keys()).map((each) => new URL(each.url).pathname); }"""
    )
    assert [each for each in kept if not each.startswith("/static/")] == [
        each for each in kept if each.endswith("/form/")
    ]
    assert len([each for each in kept if each.endswith("/form/")]) == 1
    page.evaluate("() => document.querySelector(\"form[action='/logout/']\").submit()")
    page.wait_for_url("**/login/**")
    page.wait_for_function("async () => !(await caches.has('phone-forms-1'))")
