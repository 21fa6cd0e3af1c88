"""What is personal goes when its term is over, not a day earlier, and only that."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.db.models import Model
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from administrators import person
from shuiheng.adapters.records.models import (
    Account,
    AccountSession,
    ApiCall,
    ApiToken,
    Check,
    ContactFact,
    Event,
    ExternalIdentity,
    FailedLogin,
    Job,
    JobState,
    Membership,
    Message,
    MessageState,
    Organisation,
    PersonProposal,
    ProposalState,
    PublicReport,
    PublicReportContact,
    PublicReportPhoto,
    PublicReportStep,
    PublicVisitor,
    Role,
    SecondFactor,
    SignedLink,
    SignInTrace,
    UserFact,
    WaterUser,
)
from shuiheng.adapters.rulebook import column_rules
from shuiheng.services import purge_personal as purging
from shuiheng.services.errors import NotThereError
from shuiheng.services.events import record_event
from shuiheng.services.file_store import keep_file, kept_content
from shuiheng.services.purge_personal import ERASURES, purge_daily, purge_personal
from working_office import make_period, make_plan, make_task, make_unit

pytestmark = pytest.mark.django_db
NOW = datetime(2031, 8, 31, 3, 0, tzinfo=UTC)
DAY = timedelta(days=1)
# The row of a person stays, so that what was done keeps its doer; it says under which right, not who.
STAYS = {"Account", "Membership", "PersonProposal"}


class Scene:
    """Rows of every kind that has a term, each as old as told."""

    def __init__(self, officer: Account) -> None:
        self.officer = officer
        plan = make_plan(officer)
        self.unit = make_unit("水利局")
        self.task, self.period = make_task(plan, "改造灌区", self.unit), make_period(plan, officer)
        self.made = 0

    def add(self, kind: str, age: timedelta) -> Model:
        """Add a row whose term began so long before NOW."""
        self.made += 1
        at, name = NOW - age, f"n{self.made}"
        row: Model = getattr(self, f"_{kind}")(at, name)
        return row

    def _sign_in_traces(self, at: datetime, name: str) -> Model:
        event = record_event(None, "sign_in.failed", subject="account:unknown", is_refused=True)
        return SignInTrace.objects.create(event=event, is_success=False, address="10.0.0.9", at=at)

    def _failed_sign_ins(self, at: datetime, name: str) -> Model:
        return FailedLogin.objects.create(mark=name, count=1, last_at=at)

    def _sessions(self, at: datetime, name: str) -> Model:
        return Session.objects.create(session_key=name, session_data="x", expire_date=at)

    def _account_sessions(self, at: datetime, name: str) -> Model:
        Session.objects.create(session_key=name, session_data="x", expire_date=at)
        row = AccountSession.objects.create(account=self.officer, session_key=name, address="10.0.0.9")
        return _dated(row, started_at=at - DAY)

    def _api_calls(self, at: datetime, name: str) -> Model:
        row = ApiCall.objects.create(account=self.officer, key=name, digest="x", status=200, answer={})
        return _dated(row, at=at)

    def _api_tokens(self, at: datetime, name: str) -> Model:
        return ApiToken.objects.create(account=self.officer, name=name, digest=name, expires_at=at)

    def _jobs(self, at: datetime, name: str) -> Model:
        return Job.objects.create(asked_by=self.officer, state=JobState.DONE, ended_at=at)

    def _links(self, at: datetime, name: str) -> Model:
        return SignedLink.objects.create(
            digest=name,
            code_digest=name,
            organisation=self.unit,
            task=self.task,
            period=self.period,
            issued_by=self.officer,
            expires_at=at,
        )

    def _message_addresses(self, at: datetime, name: str) -> Model:
        row = Message.objects.create(
            key=name, kind="reminder", channel="sms", address="13800000000", state=MessageState.SENT
        )
        return _dated(row, created_at=at)

    def _unit_contacts(self, at: datetime, name: str) -> Model:
        return make_unit(f"单位{name}", contact_name="刘工", contact_phone="138-0000", to_on=at.date())

    def _user(self, name: str) -> WaterUser:
        unit = make_unit(f"用水户{name}")
        return WaterUser.objects.create(organisation=unit, city=unit.place, number=name)

    def _ledger_contacts(self, at: datetime, name: str) -> Model:
        return ContactFact.objects.create(
            subject=self._user(name),
            duty="filer",
            name="刘工",
            phone="138-0000",
            valid_from=date(2020, 1, 1),
            recorded_at=at,
            superseded_at=at,
        )

    def _legal_persons(self, at: datetime, name: str) -> Model:
        return UserFact.objects.create(
            subject=self._user(name),
            name="印染厂",
            legal_person="刘工",
            valid_from=date(2020, 1, 1),
            valid_to=at.date(),
            recorded_at=at,
        )

    def _proposals(self, at: datetime, name: str) -> Model:
        return PersonProposal.objects.create(
            organisation=self.unit,
            role=Role.PARTNER_CLERK,
            display_name="刘工",
            reason="接替张工",
            proposed_by=self.officer,
            state=ProposalState.REFUSED,
            decided_at=at,
        )

    def _present_at_checks(self, at: datetime, name: str) -> Model:
        return Check.objects.create(
            place=self.unit.place,
            area=self.unit.place,
            subject=name,
            present="刘工",
            state="closed",
            made_by=self.officer,
            made_at=at,
            closed_at=at,
        )

    def _public_reports(self, at: datetime, name: str) -> Model:
        row = PublicReport.objects.create(
            place=self.unit.place,
            number=name,
            form_digest=name,
            kind="hydrant",
            words="刘工说漏水",
            spot="138号门前",
            received_at=at,
            closed_at=at,
            state="closed",
            pace="prompt",
            triage_by=at.date(),
            due_on=at.date(),
        )
        PublicReportStep.objects.create(report=row, at=at, to_state="new", done="received", words="刘工")
        return row

    def _public_contacts(self, at: datetime, name: str) -> Model:
        report = self._public_reports(at, name)
        return PublicReportContact.objects.create(report=report, name="刘工", phone="138-0000")

    def _public_photos(self, at: datetime, name: str) -> Model:
        kept = keep_file(name.encode())
        report = self._public_reports(at, name)
        return PublicReportPhoto.objects.create(
            report=report,
            stored_name=kept.name,
            sha256=kept.sha256,
            media_type="image/png",
            byte_count=kept.byte_count,
        )

    def _public_visitors(self, at: datetime, name: str) -> Model:
        return PublicVisitor.objects.create(day=at.date(), mark=name, reports=1)

    def _accounts(self, at: datetime, name: str) -> Model:
        row = person(f"liu{name}", self.unit, Role.PARTNER_CLERK)
        SecondFactor.objects.create(account=row, secret=name)
        ExternalIdentity.objects.create(account=row, provider="cas", subject=name)
        return _dated(row, display_name="刘工", phone="138-0000", closed_at=at, is_active=False)


def _dated(row: Any, **columns: object) -> Model:
    """Return a row with columns that are otherwise set when it is made."""
    type(row).objects.filter(pk=row.pk).update(**columns)
    found: Model = type(row).objects.get(pk=row.pk)
    return found


def _stands(row: Any) -> dict[str, object] | None:
    found: dict[str, object] | None = type(row).objects.filter(pk=row.pk).values().first()
    return found


def _limits() -> dict[str, int]:
    """Return for each erasure the months after which it is due."""
    found = {}
    for erasure in ERASURES:
        table, _, column = erasure.columns[0].partition(".")
        rules = column_rules()
        months = {
            rule.term.months
            for key, rule in rules.items()
            if key[0] == table and (column in ("*", key[1])) and rule.term.months is not None
        }
        found[erasure.name] = min(months)
    return found


MONTHS = _limits()


@pytest.fixture
def scene(officer: Account) -> Scene:
    return Scene(officer)


def test_every_column_with_a_term_is_erased_by_something() -> None:
    erased = {column for erasure in ERASURES for column in erasure.columns}
    left = {
        f"{table}.{column}"
        for (table, column), rule in column_rules().items()
        if rule.term.months is not None
        and not erased & {f"{table}.{column}", f"{table}.*"}
        and not (table in STAYS and rule.mask == "plain")
    }
    assert not left
    known = {f"{table}.{column}" for table, column in column_rules()}
    assert {column for column in erased if not column.endswith("*")} <= known


@pytest.mark.parametrize("kind", sorted(MONTHS))
def test_a_row_goes_when_its_term_is_over_and_not_a_day_earlier(scene: Scene, kind: str) -> None:
    month = timedelta(days=31)
    old = scene.add(kind, MONTHS[kind] * month + DAY)
    young = scene.add(kind, MONTHS[kind] * timedelta(days=28) - DAY)
    before = _stands(young)
    assert purge_personal(NOW)[kind] >= 1
    assert _stands(young) == before
    left = _stands(old)
    told = " ".join(str(value) for value in (left or {}).values())
    assert not any(
        word in told for word in ("刘工", "张工", "138-0000", "13800000000", "138号", "10.0.0.9", "liun")
    )


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(ages=st.lists(st.tuples(st.sampled_from(sorted(MONTHS)), st.integers(2, 2000)), max_size=8))
def test_whatever_the_ages_a_second_time_erases_nothing(scene: Scene, ages: list[tuple[str, int]]) -> None:
    rows = [scene.add(kind, timedelta(days=days)) for kind, days in ages]
    stood = [_stands(row) for row in rows]
    expected = purge_personal(NOW, is_dry_run=True)
    assert [_stands(row) for row in rows] == stood
    events = Event.objects.count()
    assert purge_personal(NOW) == expected
    assert Event.objects.count() == events + any(expected.values())
    for (kind, days), row, before in zip(ages, rows, stood, strict=True):
        if days < MONTHS[kind] * 28:
            assert _stands(row) is not None and _stands(row) == before
        if days > MONTHS[kind] * 31:
            assert _stands(row) != before
    assert not any(purge_personal(NOW).values())
    assert Event.objects.count() == events + any(expected.values())


def test_over_five_years_nothing_is_kept_beyond_its_term_and_no_trace_goes_before_half_a_year(
    scene: Scene,
) -> None:
    start = NOW - timedelta(days=5 * 365)
    for week in range(0, 5 * 52, 4):
        at = start + timedelta(weeks=week)
        scene.add("sign_in_traces", NOW - at)
        purge_personal(at)
        ages = [(at - each).days for each in SignInTrace.objects.values_list("at", flat=True)]
        assert max(ages) <= MONTHS["sign_in_traces"] * 31
        assert len(ages) >= min(week // 4 + 1, 6)


def test_a_person_who_left_is_named_no_more_but_what_was_done_keeps_its_doer(scene: Scene) -> None:
    row = scene.add("accounts", timedelta(days=1200))
    done = record_event(Account.objects.get(pk=row.pk), "comment.made", subject="comment:1")
    purge_personal(NOW)
    left = Account.objects.get(pk=row.pk)
    assert left.username.startswith("left-") and left.shown_name == left.username
    assert not left.has_usable_password() and not left.is_active
    assert not SecondFactor.objects.exists() and not ExternalIdentity.objects.exists()
    assert Event.objects.get(pk=done.pk).actor_id == left.pk
    assert Membership.objects.filter(account=left).exists()


def test_two_people_who_left_stay_two(scene: Scene) -> None:
    rows = [scene.add("accounts", timedelta(days=1200)) for _ in range(2)]
    purge_personal(NOW)
    names = set(Account.objects.filter(pk__in=[row.pk for row in rows]).values_list("username", flat=True))
    assert len(names) == 2


def test_a_message_that_still_waits_keeps_its_address(scene: Scene) -> None:
    row = scene.add("message_addresses", timedelta(days=1200))
    Message.objects.filter(pk=row.pk).update(state=MessageState.WAITING)
    assert not purge_personal(NOW)["message_addresses"]


def test_whoever_works_now_stays_signed_in(scene: Scene) -> None:
    Session.objects.create(session_key="now", session_data="x", expire_date=NOW + DAY)
    AccountSession.objects.create(account=scene.officer, session_key="now")
    purge_personal(NOW)
    assert Session.objects.exists() and AccountSession.objects.exists()


def test_the_event_tells_how_many_and_nobody(scene: Scene) -> None:
    scene.add("unit_contacts", timedelta(days=1200))
    purge_personal(NOW)
    event = Event.objects.get(action="personal.erased")
    assert (event.after, event.actor) == ({"unit_contacts": 1}, None)
    assert Organisation.objects.get(name="单位n1").contact_name == ""


def test_it_is_done_once_a_day(monkeypatch: pytest.MonkeyPatch) -> None:
    done: list[object] = []
    monkeypatch.setattr(purging, "purge_personal", lambda: done.append(1))
    purging._purge_on.cache_clear()
    purge_daily()
    purge_daily()
    assert len(done) == 1
    purging._purge_on.cache_clear()


def test_what_the_ledger_says_now_is_kept_however_long_ago_it_was_said(scene: Scene) -> None:
    long_ago = NOW - timedelta(days=4000)
    contact = ContactFact.objects.create(
        subject=scene._user("z"), duty="filer", name="刘工", valid_from=long_ago.date(), recorded_at=long_ago
    )
    purge_personal(NOW)
    contact.refresh_from_db()
    assert contact.name == "刘工"


def test_of_an_old_report_the_file_of_its_photo_goes_too(
    scene: Scene, django_capture_on_commit_callbacks: Any
) -> None:
    row = scene.add("public_photos", timedelta(days=400))
    name = PublicReportPhoto.objects.get(pk=row.pk).stored_name
    assert kept_content(name)
    with django_capture_on_commit_callbacks(execute=True):
        purge_personal(NOW)
    with pytest.raises(NotThereError):
        kept_content(name)
