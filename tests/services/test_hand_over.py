"""Somebody leaves: the work goes on under another account."""

from __future__ import annotations

import pytest

from administrators import department, person, security_administrator, system_administrator
from office import make_account as make_officer
from shuiheng.adapters.records.models import Account, Event, Progress, ProgressState, Role, SavedFilter
from shuiheng.services.grant_role import grant_proposed
from shuiheng.services.keep_account import make_account
from shuiheng.services.permission import Action, may
from shuiheng.services.propose_person import Proposed, propose_person
from working_office import make_period, make_plan, make_task

pytestmark = pytest.mark.django_db


def test_the_new_one_has_a_new_account_with_the_drafts_and_the_old_one_is_closed() -> None:
    officer, unit = make_officer("li", Role.OFFICE_CLERK), department()
    lead = person("lead", unit, Role.PARTNER_REVIEWER)
    leaver = person("old", unit, Role.PARTNER_CLERK)
    plan = make_plan(officer)
    period, other = make_period(plan, officer), person("other", unit, Role.PARTNER_CLERK)
    tasks = [make_task(plan, f"任务{n}", unit) for n in range(3)]
    draft, filed, foreign = (
        Progress.objects.create(period=period, task=task, organisation=unit, started_by=by)
        for task, by in zip(tasks, (leaver, leaver, other), strict=True)
    )
    Progress.objects.filter(pk=filed.pk).update(state=ProgressState.FILED, filed_by=leaver)
    SavedFilter.objects.create(account=leaver, page="tasks", name="我的", query="q=1")
    wanted = Proposed(role=Role.PARTNER_CLERK, display_name="周工", reason="轮岗", replaces=leaver.pk)
    proposal = propose_person(lead, wanted, organisation=unit.pk)
    taker, _ = make_account(
        system_administrator(), username="zhou", display_name="周工", proposal=proposal.pk
    )
    assert Account.objects.get(pk=leaver.pk).is_active  # nothing moves before the role is granted
    grant_proposed(security_administrator(), proposal.pk)
    for row, by in ((draft, taker), (filed, leaver), (foreign, other)):
        row.refresh_from_db()
        assert row.started_by == by
    leaver.refresh_from_db()
    assert not leaver.is_active and leaver.closed_at is not None
    assert not may(leaver, Action.PROGRESS_FILE) and may(
        Account.objects.get(pk=taker.pk), Action.PROGRESS_FILE
    )
    kept = SavedFilter.objects.get()
    assert kept.account == taker
    event = Event.objects.get(action="account.handed_over")
    assert event.after == {"account": taker.pk, "drafts": [draft.pk], "filters": [kept.pk]}
    assert Event.objects.filter(action="account.closed", subject=f"account:{leaver.pk}").count() == 1
