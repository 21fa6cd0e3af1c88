"""Erase what is personal when its term in the rulebook is over; what was done stays in the log."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache, partial
from typing import Any

from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models import CharField, Q, QuerySet, Value
from django.db.models.functions import Cast, Concat
from django.utils import timezone
from django.utils.crypto import salted_hmac

from shuiheng.adapters.records.models import (
    Account,
    AccountSession,
    ApiCall,
    ApiToken,
    Check,
    ContactFact,
    DatedFact,
    ExternalIdentity,
    FailedLogin,
    Job,
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
    SavedFilter,
    SecondFactor,
    SignedLink,
    SignInTrace,
    UserFact,
)
from shuiheng.adapters.rulebook import column_rules
from shuiheng.services.background import every_minute
from shuiheng.services.events import record_event
from shuiheng.services.file_store import discard_file

LEFT = "left-"
ERASED_NAME = rf"^{LEFT}[0-9a-f]{{16}}$"
SESSION_BEGINS_WITHIN = timedelta(hours=1)  # its row and its session are not written at the same instant
CONTACT = {"contact_name": "", "contact_phone": "", "contact_email": ""}
LEDGER_CONTACT = {"name": "", "phone": "", "email": ""}
LEGAL_PERSON = {"legal_person": ""}
PROPOSED = {"display_name": "", "phone": "", "reason": "", "decision_reason": ""}
TOLD_CONTACT = {"name": "", "phone": ""}
TOLD = {"words": "", "words_digest": "", "spot": "", "latitude": None, "longitude": None, "answer": ""}
SHOWN = {"display_name": "", "first_name": "", "last_name": "", "email": "", "phone": ""}


@dataclass(frozen=True, slots=True, kw_only=True)
class Erasure:
    """What goes from a table when its term is over.

    Args:
        name: Name of the count in the event.
        columns: The columns of the rulebook that are erased with it.
        over: Returns the rows whose term is over at an instant and that still hold something.
        erase: Erases it from these rows.
    """

    name: str
    columns: tuple[str, ...]
    over: Callable[[datetime], QuerySet[Any]]
    erase: Callable[[QuerySet[Any]], object]


def purge_personal(at: datetime | None = None, *, is_dry_run: bool = False) -> Mapping[str, int]:
    """Erase everything personal whose term is over; return how many rows of each kind.

    Doing it again erases nothing more. No row of a report, a register or the log is touched;
    the log gets one event with the counts, when there was anything.

    Args:
        at: The instant for which to judge; now unless told.
        is_dry_run: Whether only to count.
    """
    now = timezone.localtime(at)
    counts = {}
    with transaction.atomic():
        for erasure in ERASURES:
            rows = erasure.over(now)
            counts[erasure.name] = rows.count()
            if counts[erasure.name] and not is_dry_run:
                erasure.erase(rows)
        found = {name: count for name, count in counts.items() if count}
        if found and not is_dry_run:
            record_event(None, "personal.erased", subject="personal", after=found)
    return counts


def purge_daily() -> None:
    """Erase once a day, and once when the worker starts."""
    _purge_on(timezone.localdate())


@lru_cache(maxsize=1)
def _purge_on(_day: date) -> None:
    purge_personal()


def _limit(now: datetime, table: str, column: str) -> datetime:
    """Return the instant before which the term of a column has begun when it is over now."""
    months = column_rules()[table, column].term.months
    if months is None:
        raise LookupError(f"{table}.{column} is kept for ever")
    year, month = divmod(now.year * 12 + now.month - 1 - months, 12)
    return now.replace(year=year, month=month + 1, day=min(now.day, monthrange(year, month + 1)[1]))


def _delete(rows: QuerySet[Any]) -> None:
    rows.delete()


def _sessions(now: datetime) -> QuerySet[AccountSession]:
    alive = Session.objects.filter(expire_date__gte=now).values("session_key")
    begun = AccountSession.objects.filter(started_at__lt=now - SESSION_BEGINS_WITHIN)
    return begun.exclude(session_key__in=alive)


def _links(now: datetime) -> QuerySet[SignedLink]:
    over = SignedLink.objects.filter(expires_at__lt=_limit(now, "SignedLink", "digest"))
    return over.exclude(code_digest="")


def _messages(now: datetime) -> QuerySet[Message]:
    old = Message.objects.filter(created_at__lt=_limit(now, "Message", "address")).exclude(address="")
    return old.exclude(state=MessageState.WAITING)


def _tokens(now: datetime) -> QuerySet[ApiToken]:
    limit = _limit(now, "ApiToken", "name")
    return ApiToken.objects.filter(Q(expires_at__lt=limit) | Q(revoked_at__lt=limit))


def _contacts(now: datetime) -> QuerySet[Organisation]:
    limit = _limit(now, "Organisation", "contact_name")
    return Organisation.objects.filter(to_on__lt=limit.date()).exclude(**CONTACT)


def _replaced(now: datetime, table: type[DatedFact], blank: Mapping[str, str]) -> QuerySet[Any]:
    """Return the beliefs of the ledger on people that were replaced, or whose days ended, long enough ago."""
    limit = _limit(now, table.__name__, next(iter(blank)))
    over = Q(superseded_at__lt=limit) | Q(valid_to__lt=limit.date())
    return table._default_manager.filter(over).exclude(**blank)


def _proposals(now: datetime) -> QuerySet[PersonProposal]:
    limit = _limit(now, "PersonProposal", "phone")
    refused = Q(state=ProposalState.REFUSED, decided_at__lt=limit)
    rows = PersonProposal.objects.filter(refused | Q(account__closed_at__lt=limit))
    return rows.exclude(**PROPOSED)


def _accounts(now: datetime) -> QuerySet[Account]:
    closed = Account.objects.filter(closed_at__lt=_limit(now, "Account", "username"))
    return closed.exclude(username__regex=ERASED_NAME, **SHOWN)


def _present(now: datetime) -> QuerySet[Check]:
    """Return the ended checks that still name who was there; what was signed keeps its hash."""
    return Check.objects.filter(closed_at__lt=_limit(now, "Check", "present")).exclude(present="")


def _told_contacts(now: datetime) -> QuerySet[PublicReportContact]:
    limit = _limit(now, "PublicReportContact", "phone")
    return PublicReportContact.objects.filter(report__closed_at__lt=limit, erased_at__isnull=True)


def _told_photos(now: datetime) -> QuerySet[PublicReportPhoto]:
    limit = _limit(now, "PublicReportPhoto", "stored_name")
    return PublicReportPhoto.objects.filter(report__closed_at__lt=limit, erased_at__isnull=True)


def _told(now: datetime) -> QuerySet[PublicReport]:
    limit = _limit(now, "PublicReport", "words")
    return PublicReport.objects.filter(closed_at__lt=limit, erased_at__isnull=True)


def _discard_photos(rows: QuerySet[PublicReportPhoto]) -> None:
    """Blank the rows, and take the files off the disk when that stands."""
    now = timezone.now()
    for photo in rows:
        transaction.on_commit(partial(discard_file, photo.stored_name))
        photo.stored_name, photo.sha256, photo.erased_at = "", f"over-{photo.pk}", now
        photo.save(update_fields=["stored_name", "sha256", "erased_at"])


def _blank_reports(rows: QuerySet[PublicReport]) -> None:
    """Leave of each report its kind, days and states, and what was published of it."""
    keys = list(rows.values_list("pk", flat=True))
    PublicReportStep.objects.filter(report__in=keys).update(words="")
    PublicReport.objects.filter(pk__in=keys).update(**TOLD, erased_at=timezone.now())


def _blank_accounts(rows: QuerySet[Account]) -> None:
    """Leave of each person a keyed digest of the name, and nothing that leads back to it."""
    for account in rows:
        digest = salted_hmac("shuiheng.left", account.username, algorithm="sha256").hexdigest()
        account.username = f"{LEFT}{digest[:16]}"
        for column, value in SHOWN.items():
            setattr(account, column, value)
        account.set_unusable_password()
        account.save(update_fields=["username", "password", *SHOWN])
        for table in (SecondFactor, ExternalIdentity, SavedFilter, ApiToken):
            table._default_manager.filter(account=account).delete()


ERASURES = (
    Erasure(
        name="sign_in_traces",
        columns=("SignInTrace.*",),
        over=lambda now: SignInTrace.objects.filter(at__lt=_limit(now, "SignInTrace", "at")),
        erase=_delete,
    ),
    Erasure(
        name="failed_sign_ins",
        columns=("FailedLogin.*",),
        over=lambda now: FailedLogin.objects.filter(last_at__lt=_limit(now, "FailedLogin", "last_at")),
        erase=_delete,
    ),
    Erasure(
        name="sessions",
        columns=("Session.*",),
        over=lambda now: Session.objects.filter(expire_date__lt=now),
        erase=_delete,
    ),
    Erasure(name="account_sessions", columns=("AccountSession.*",), over=_sessions, erase=_delete),
    Erasure(
        name="api_calls",
        columns=("ApiCall.*",),
        over=lambda now: ApiCall.objects.filter(at__lt=_limit(now, "ApiCall", "at")),
        erase=_delete,
    ),
    Erasure(name="api_tokens", columns=("ApiToken.*",), over=_tokens, erase=_delete),
    Erasure(
        name="jobs",
        columns=("Job.*",),
        over=lambda now: Job.objects.filter(
            ended_at__lt=_limit(now, "Job", "ended_at"), letters__isnull=True
        ),
        erase=_delete,
    ),
    Erasure(
        name="links",
        columns=("SignedLink.digest", "SignedLink.code_digest"),
        over=_links,
        erase=lambda rows: rows.update(
            digest=Concat(Value("over-"), Cast("pk", CharField())), code_digest=""
        ),
    ),
    Erasure(
        name="message_addresses",
        columns=("Message.address",),
        over=_messages,
        erase=lambda rows: rows.update(address=""),
    ),
    Erasure(
        name="unit_contacts",
        columns=tuple(f"Organisation.{column}" for column in CONTACT),
        over=_contacts,
        erase=lambda rows: rows.update(**CONTACT),
    ),
    Erasure(
        name="ledger_contacts",
        columns=tuple(f"ContactFact.{column}" for column in LEDGER_CONTACT),
        over=lambda now: _replaced(now, ContactFact, LEDGER_CONTACT),
        erase=lambda rows: rows.update(**LEDGER_CONTACT),
    ),
    Erasure(
        name="legal_persons",
        columns=("UserFact.legal_person",),
        over=lambda now: _replaced(now, UserFact, LEGAL_PERSON),
        erase=lambda rows: rows.update(**LEGAL_PERSON),
    ),
    Erasure(
        name="proposals",
        columns=tuple(f"PersonProposal.{column}" for column in PROPOSED),
        over=_proposals,
        erase=lambda rows: rows.update(**PROPOSED),
    ),
    Erasure(
        name="present_at_checks",
        columns=("Check.present",),
        over=_present,
        erase=lambda rows: rows.update(present=""),
    ),
    Erasure(
        name="public_contacts",
        columns=tuple(f"PublicReportContact.{column}" for column in TOLD_CONTACT),
        over=_told_contacts,
        erase=lambda rows: rows.update(**TOLD_CONTACT, erased_at=timezone.now()),
    ),
    Erasure(
        name="public_photos",
        columns=("PublicReportPhoto.stored_name", "PublicReportPhoto.sha256"),
        over=_told_photos,
        erase=_discard_photos,
    ),
    Erasure(
        name="public_reports",
        columns=(*(f"PublicReport.{column}" for column in TOLD), "PublicReportStep.words"),
        over=_told,
        erase=_blank_reports,
    ),
    Erasure(
        name="public_visitors",
        columns=("PublicVisitor.*",),
        over=lambda now: PublicVisitor.objects.filter(day__lt=now.date()),
        erase=_delete,
    ),
    Erasure(
        name="accounts",
        columns=(
            "Account.username",
            "Account.password",
            *(f"Account.{column}" for column in SHOWN),
            "SecondFactor.*",
            "ExternalIdentity.*",
            "SavedFilter.*",
        ),
        over=_accounts,
        erase=_blank_accounts,
    ),
)


every_minute(purge_daily)
