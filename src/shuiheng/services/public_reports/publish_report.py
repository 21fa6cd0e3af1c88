"""Publish an answer in words of its own, without persons, by two persons; take it back; end a report."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone

from shuiheng.adapters.records.models import PublicReport, PublicReportContact, PublicReportState
from shuiheng.services.errors import ServiceError
from shuiheng.services.permission import Action, Actor, require
from shuiheng.services.public_reports.tell_report import LONGEST, report_for, tell_report

ENDED = (PublicReportState.ANSWERED, PublicReportState.CLOSED)
FEWEST_NAME = 2
_NUMBERS = re.compile(r"\d[\d\- ]{5,}[\dXx]")
_MAIL = re.compile(r"[\w.+-]{1,60}@[\w-]{1,60}\.")
_TITLED = re.compile(r"[\u4e00-\u9fff](?:先生|女士|小姐|师傅|大爷|阿姨)")


def persons_in(row: PublicReport, text: str) -> Sequence[str]:
    """Return what in a text may tell who a person is.

    Args:
        row: The report whose contact must not be named.
        text: The words that are to be published.

    Returns:
        `name` and `phone` where they are those of the contact; `number`, `mail`, `titled` of anybody.
    """
    said = unicodedata.normalize("NFKC", text)
    contact = PublicReportContact.objects.filter(report=row).first()
    found = []
    if contact is not None:
        name, digits = contact.name.strip(), re.sub(r"\D", "", contact.phone)
        if len(name) >= FEWEST_NAME and name in said:
            found.append("name")
        if digits and digits in re.sub(r"\D", "", said):
            found.append("phone")
    found += [word for word, form in (("number", _NUMBERS), ("mail", _MAIL)) if form.search(said)]
    return (*found, "titled") if _TITLED.search(said) else tuple(found)


def word_answer(actor: Actor, key: int, *, title: str, answer: str, is_sure: bool = False) -> PublicReport:
    """Write the words that are to be published of an answered report; a second person publishes them.

    Args:
        actor: Who writes them.
        key: The report.
        title: What was reported, in other words than the reporter's.
        answer: What was done.
        is_sure: Whether the writer has looked at the warning that they may name a person.

    Raises:
        ServiceError: `public_reports.wrong_state`; `public_reports.field`; `public_reports.names_contact`,
            they hold the name or the number of who may be asked; `public_reports.names_person`, they may
            name a person and the writer has not said to be sure.
        NotThereError, NotPermittedError: It is not the actor's.
    """
    account = require(actor, Action.PUBLIC_REPORTS_KEEP)
    with transaction.atomic():
        row = report_for(account, Action.PUBLIC_REPORTS_KEEP, key, *ENDED)
        for field, text in (("public_title", title), ("public_answer", answer)):
            if not text.strip():
                raise ServiceError("public_reports.field", field=field)
        found = persons_in(row, f"{title}\n{answer}")
        if {"name", "phone"} & set(found):
            raise ServiceError("public_reports.names_contact")
        if found and not is_sure:
            raise ServiceError("public_reports.names_person")
        row.public_title = title.strip()[: LONGEST["title"]]
        row.public_answer = answer.strip()[: LONGEST["answer"]]
        row.proposed_by, row.proposed_at = account, timezone.now()
        row.published_by = row.published_at = None
        row.save()
        tell_report(account, row, "worded", before=row.state)
    return row


def publish_report(actor: Actor, key: int) -> PublicReport:
    """Publish the words that another person wrote.

    Raises:
        ServiceError: `public_reports.wrong_state`; `public_reports.no_words`; `public_reports.own_words`;
            `public_reports.names_contact`.
        NotThereError, NotPermittedError: It is not the actor's.
    """
    account = require(actor, Action.PUBLIC_REPORTS_PUBLISH)
    with transaction.atomic():
        row = report_for(account, Action.PUBLIC_REPORTS_PUBLISH, key, *ENDED)
        if not row.public_answer:
            raise ServiceError("public_reports.no_words")
        if row.proposed_by_id == account.pk:
            raise ServiceError("public_reports.own_words")
        if {"name", "phone"} & set(persons_in(row, f"{row.public_title}\n{row.public_answer}")):
            raise ServiceError("public_reports.names_contact")
        before, now = row.state, timezone.now()
        row.state, row.published_by, row.published_at = PublicReportState.PUBLISHED, account, now
        row.closed_at = row.closed_at or now
        row.save()
        tell_report(account, row, "published", before=before)
    return row


def withdraw_published(actor: Actor, key: int, *, reason: str) -> PublicReport:
    """Take what is published off the public page; its words wait to be written anew.

    Raises:
        ServiceError: `public_reports.wrong_state`; `public_reports.field`, no reason is given.
        NotThereError, NotPermittedError: It is not the actor's.
    """
    account = require(actor, Action.PUBLIC_REPORTS_PUBLISH)
    with transaction.atomic():
        row = report_for(account, Action.PUBLIC_REPORTS_PUBLISH, key, PublicReportState.PUBLISHED)
        if not reason.strip():
            raise ServiceError("public_reports.field", field="reason")
        before = row.state
        row.state, row.public_title, row.public_answer = PublicReportState.CLOSED, "", ""
        row.proposed_by = row.proposed_at = row.published_by = row.published_at = None
        row.save()
        tell_report(account, row, "withdrawn", before=before, words=reason.strip()[: LONGEST["reason"]])
    return row


def close_report(actor: Actor, key: int) -> PublicReport:
    """End an answered report without publishing it.

    Raises:
        ServiceError: `public_reports.wrong_state`.
        NotThereError, NotPermittedError: It is not the actor's.
    """
    account = require(actor, Action.PUBLIC_REPORTS_KEEP)
    with transaction.atomic():
        row = report_for(account, Action.PUBLIC_REPORTS_KEEP, key, PublicReportState.ANSWERED)
        before = row.state
        row.state, row.closed_at = PublicReportState.CLOSED, timezone.now()
        row.save()
        tell_report(account, row, "closed", before=before)
    return row
