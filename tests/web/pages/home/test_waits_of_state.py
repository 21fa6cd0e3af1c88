"""Administrators see the days of their own part, and a new city its first steps."""

from __future__ import annotations

import pytest
from django.urls import reverse
from django.utils import timezone

from office import make_account
from shuiheng.adapters.records.models import Account, PlanVersion, Role
from shuiheng.services.events import record_refusal
from shuiheng.services.permission import Action
from shuiheng.web.pages.home.waits import counted
from web.pages.home.desks import desk_of

pytestmark = pytest.mark.django_db


def test_an_auditor_is_told_how_often_something_was_refused() -> None:
    nobody = make_account("nobody", Role.READER)
    record_refusal(nobody, Action.UPLOAD, subject="/upload/")
    auditor = make_account("auditor", Role.AUDITOR)
    lines = counted(desk_of(auditor, timezone.localdate()))["log"]
    told = {str(line.words): (line.count, line.address) for line in lines}
    assert told["次操作近七日被拒绝"] == (1, f"{reverse('events')}?refused=1")


def test_an_account_without_a_role_is_told_to_those_who_keep_accounts() -> None:
    admin = make_account("sysadmin", Role.SYSTEM_ADMINISTRATOR)
    Account.objects.create(username="new")
    told = {str(line.words): line.count for line in counted(desk_of(admin, timezone.localdate()))["people"]}
    assert told == {"个账号没有任何角色": 1, "个账号可以登录": 2}


def test_what_is_there_is_no_first_step(published: PlanVersion, officer: Account) -> None:
    said = {str(line.words) for line in counted(desk_of(officer))["begin"]}
    assert said == {"建立用水户台账", "开设第一个报送期"}
