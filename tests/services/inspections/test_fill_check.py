"""A check is recorded when as many inspectors as the law asks signed the same content."""

from __future__ import annotations

from datetime import timedelta, timezone

import pytest
from django.utils.timezone import localdate
from django.utils.timezone import now as utc_now

from services.inspections.check_city import CheckedCity
from shuiheng.adapters.records.models import CheckResult, CheckState
from shuiheng.services.errors import NotPermittedError, NotThereError, ServiceError
from shuiheng.services.inspections.check_steps import content_digest
from shuiheng.services.inspections.fill_check import GivenAnswer, fill_check, sign_check

pytestmark = pytest.mark.django_db


def test_two_accounts_sign_and_the_result_is_published_within_twenty_workdays(checked: CheckedCity) -> None:
    row = checked.filled(checked.check(), CheckResult.PASSED)
    assert row.state == CheckState.UNDER_WAY and row.recorded_on is None
    row = sign_check(checked.inspectors[1], row.pk, digest=content_digest(row))
    assert row.state == CheckState.RECORDED and row.recorded_on == localdate()
    assert row.publish_by is not None and row.publish_by >= localdate() + timedelta(days=26)
    assert row.rules[0]["rule"] == "inspections/publication"
    assert row.team.filter(digest=row.digest).count() == 2


def test_one_account_cannot_sign_for_both(checked: CheckedCity) -> None:
    row = checked.filled(checked.check())
    with pytest.raises(ServiceError, match=r"checks\.signed_already"):
        sign_check(checked.inspectors[0], row.pk, digest=content_digest(row))
    row.refresh_from_db()
    assert row.state == CheckState.UNDER_WAY


def test_a_signature_falls_when_the_content_changes(checked: CheckedCity) -> None:
    row = checked.filled(checked.check())
    seen = content_digest(row)
    checked.photo(row)
    row.refresh_from_db()
    assert not row.team.filter(signed_by__isnull=False).exists()
    with pytest.raises(ServiceError, match=r"checks\.changed_since"):
        sign_check(checked.inspectors[1], row.pk, digest=seen)
    row = sign_check(checked.inspectors[1], row.pk, digest=content_digest(row))
    assert row.state == CheckState.UNDER_WAY  # the first one has to read it again
    row = sign_check(checked.inspectors[0], row.pk, digest=content_digest(row))
    assert row.state == CheckState.FINDING_OPEN


def test_only_the_team_fills_in_and_signs(checked: CheckedCity) -> None:
    row = checked.check()
    row.team.filter(inspector=checked.entries[1]).delete()
    with pytest.raises(NotThereError):
        fill_check(checked.inspectors[1], row.pk, checked.form())
    with pytest.raises(NotPermittedError):
        fill_check(checked.reviewer, row.pk, checked.form())


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"is_certificate_shown": False}, "certificate_needed"),
        ({"summary": " "}, "summary_needed"),
        ({"ended_at": utc_now() - timedelta(hours=3)}, "days_turned"),
        ({"ended_at": utc_now() + timedelta(hours=1)}, "day_ahead"),
        ({"answers": {"0/none": GivenAnswer(answer="yes")}}, "bad_answer"),
    ],
)
def test_what_does_not_fit_is_refused_with_its_code(
    checked: CheckedCity, changes: dict[str, object], code: str
) -> None:
    row = checked.check()
    with pytest.raises(ServiceError) as refused:
        checked.filled(row, **changes)
    assert refused.value.code == f"checks.{code}"


def test_answers_have_the_form_of_their_question(checked: CheckedCity) -> None:
    row, reading = checked.check(), f"{checked.item.pk}/reading"
    for answer in ("viel", "NaN"):
        with pytest.raises(ServiceError, match=r"checks\.bad_answer"):
            checked.filled(row, answers={reading: GivenAnswer(answer=answer)})
    with pytest.raises(ServiceError, match=r"checks\.bad_answer"):
        checked.filled(row, answers={checked.question: GivenAnswer(answer="maybe")})
    row = checked.filled(row, answers={reading: GivenAnswer(answer="0"), checked.question: GivenAnswer()})
    assert list(row.answers.values_list("question", "answer", "unit")) == [(reading, "0", "m³")]


def test_a_recorded_check_is_not_filled_in_again(checked: CheckedCity) -> None:
    row = checked.recorded()
    with pytest.raises(ServiceError, match=r"checks\.wrong_state"):
        checked.filled(row)


def test_the_same_instants_are_the_same_content_in_any_zone(checked: CheckedCity) -> None:
    here, now = timezone(timedelta(hours=8)), utc_now()
    times = {"begun_at": (now - timedelta(hours=2)).astimezone(here), "ended_at": now.astimezone(here)}
    row = checked.filled(checked.check(), **times)
    row = sign_check(checked.inspectors[1], row.pk, digest=row.digest)
    assert row.state == CheckState.FINDING_OPEN
