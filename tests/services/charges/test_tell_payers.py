"""Payers are told of what they owe, once, and confirm that they received the notice."""

from __future__ import annotations

from decimal import Decimal

import pytest

from services.charges.made_up import DUE, Callbacks, City
from shuiheng.adapters.records.models import Charge, ChargeEntryKind, Job, Message, Role
from shuiheng.services.charges.charge_jobs import do_charge_job
from shuiheng.services.charges.issue_run import issue_run, review_run
from shuiheng.services.charges.keep_entries import AskedBack, ask_back, release
from shuiheng.services.charges.tell_payers import confirm_charge, message_key
from shuiheng.services.create_first_users import ensure_user
from shuiheng.services.errors import NotPermittedError, NotThereError, ServiceError

pytestmark = pytest.mark.django_db
M3 = 1000


def test_each_payer_is_told_once_with_amount_number_and_due_day(
    city: City, django_capture_on_commit_callbacks: Callbacks
) -> None:
    for name, litres in (("甲厂", 120), ("乙厂", 90), ("丙厂", 150)):
        city.user(name, litres={3: litres * M3})
    run = city.run(django_capture_on_commit_callbacks)
    review_run(city.reviewer, run.pk)
    with django_capture_on_commit_callbacks(execute=True):
        issue_run(city.leader, run.pk, mark="青节水", due_on=DUE)
    charge = Charge.objects.filter(run=run, state="issued").order_by("pk")[0]
    message = Message.objects.get(key=message_key(charge))
    assert message.organisation == charge.user.organisation
    for said in ("2025-03", "120.00元", charge.number, DUE.isoformat()):
        assert said in message.text
    assert Message.objects.filter(kind="charge_issued").count() == 2  # nobody is told of nothing
    job = Job.objects.get(arguments__work="tell")
    Job.objects.filter(pk=job.pk).update(state="waiting")
    do_charge_job(job.pk)
    assert Message.objects.filter(kind="charge_issued").count() == 2


def test_the_payer_confirms_once_and_nobody_else_does(
    city: City, django_capture_on_commit_callbacks: Callbacks
) -> None:
    charge = _issued(city, django_capture_on_commit_callbacks)
    filer = ensure_user("jia", display_name="甲", roles=((charge.user.organisation, Role.ENTERPRISE_FILER),))[
        0
    ]
    other = city.user("乙厂", litres={})
    stranger = ensure_user("yi", display_name="乙", roles=((other.organisation, Role.ENTERPRISE_FILER),))[0]
    with pytest.raises(NotThereError):
        confirm_charge(stranger, charge.pk)
    with pytest.raises(NotPermittedError):
        confirm_charge(city.leader, charge.pk)
    first = confirm_charge(filer, charge.pk).received_at
    assert first is not None
    assert confirm_charge(filer, charge.pk).received_at == first


def test_a_draft_has_no_notice_to_confirm(city: City, django_capture_on_commit_callbacks: Callbacks) -> None:
    user = city.user("甲厂", litres={3: 120 * M3})
    city.run(django_capture_on_commit_callbacks)
    filer = ensure_user("jia", display_name="甲", roles=((user.organisation, Role.ENTERPRISE_FILER),))[0]
    with pytest.raises(ServiceError) as refused:
        confirm_charge(filer, Charge.objects.get(user=user).pk)
    assert refused.value.code == "charges.not_issued"


def test_the_payer_is_told_of_a_reversal(city: City, django_capture_on_commit_callbacks: Callbacks) -> None:
    charge = _issued(city, django_capture_on_commit_callbacks)
    asked = AskedBack(kind=ChargeEntryKind.REVERSAL, reason="户名有误")
    release(city.reviewer, ask_back(city.clerk, charge.pk, asked).pk)
    message = Message.objects.get(kind="charge_reversed")
    assert message.organisation == charge.user.organisation
    assert charge.amount_yuan == Decimal("120.00")
    assert "120.00元" in message.text


def _issued(city: City, callbacks: Callbacks) -> Charge:
    city.user("甲厂", litres={3: 120 * M3})
    return city.issued(callbacks)
