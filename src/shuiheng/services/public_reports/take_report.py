"""Take in a report of somebody without an account, once, with its photos and, apart, who may be asked."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import IntegrityError, transaction
from django.db.models import Sum
from django.utils import timezone

from shuiheng.adapters.documents.picture_marks import without_marks
from shuiheng.adapters.records.models import (
    Place,
    PublicReport,
    PublicReportContact,
    PublicReportPhoto,
    PublicReportState,
    PublicReportStep,
)
from shuiheng.adapters.rulebook.public_policy import public_policy
from shuiheng.services.errors import ServiceError
from shuiheng.services.events import record_event
from shuiheng.services.file_store import keep_file
from shuiheng.services.keep_evidence import media_type_of
from shuiheng.services.public_reports.daily_visits import count_visit
from shuiheng.services.public_reports.report_form import (
    ReadReport,
    TypedReport,
    check_form,
    code_digest,
    code_of,
    form_digest,
    read_form,
    words_digest,
)
from shuiheng.services.public_reports.report_terms import DailyLimits, daily_limits, report_term

PICTURES = ("image/jpeg", "image/png")
MEGABYTE, DIGITS = 2**20, 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Sending:
    """One form as it came in.

    Args:
        mark: Mark of the form.
        trap: What stands in the field that no person sees.
        address: From where it came.
        typed: What was typed.
        photos: Photos, each with its name.
    """

    mark: str
    trap: str
    address: str
    typed: TypedReport
    photos: Sequence[tuple[str, bytes]] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """What the reporter keeps: the number and the code by which the answer is read."""

    row: PublicReport
    code: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Photo:
    """A photo as it is kept: without marks, with its hash and its type."""

    content: bytes
    sha256: str
    media_type: str


def take_report(city: Place, sending: Sending) -> Receipt:
    """Keep a report by the public; the same form sent again is the same report.

    Args:
        city: The city, one of `open_cities`.
        sending: The form.

    Raises:
        ServiceError: `public_reports.not_a_person`, `.too_fast`, `.form_old`; `.field`; `.photo_kind`,
            `.photo_size`, `.photo_many`, `.photos_full`; `.too_many`, `.city_full`; `.no_rule`.
    """
    check_form(city, sending.mark, trap=sending.trap)
    digest = form_digest(sending.mark, sending.typed)
    known = PublicReport.objects.filter(form_digest=digest, place=city).first()
    if known is not None:
        return Receipt(row=known, code=code_of(digest))
    read = read_form(city, sending.typed)
    today = timezone.localdate()
    limits = daily_limits(city, today)
    photos = [_photo(name, content, limits) for name, content in sending.photos]
    if len(photos) > limits.photos:
        raise ServiceError("public_reports.photo_many", limit=str(limits.photos))
    _refuse_full(city, today, limits, sum(len(photo.content) for photo in photos))
    count_visit(sending.address, "reports", limit=limits.per_address)
    try:
        with transaction.atomic():
            row = keep_report(city, read, digest, photos=photos)
    except IntegrityError:
        row = PublicReport.objects.get(form_digest=digest)
    return Receipt(row=row, code=code_of(digest))


def keep_report(
    city: Place,
    read: ReadReport,
    digest: str,
    *,
    photos: Sequence[Photo] = (),
    at: datetime | None = None,
) -> PublicReport:
    """Keep what was read from a form; the caller has checked the form and holds the transaction.

    Args:
        city: The city.
        read: What was typed.
        digest: By what the form is known.
        photos: Its photos.
        at: When it came in; now unless told.

    Raises:
        ServiceError: `public_reports.no_rule`.
    """
    now = at or timezone.now()
    day, pace = timezone.localdate(now), public_policy().matters[read.kind].pace
    term, number = report_term(city, pace, day), _number(day)
    row = PublicReport.objects.create(
        place=city,
        number=number,
        code_digest=code_digest(number, code_of(digest)),
        form_digest=digest,
        kind=read.kind,
        words=read.words,
        words_digest=words_digest(read.words),
        spot=read.spot,
        latitude=read.latitude,
        longitude=read.longitude,
        district=read.district,
        received_at=now,
        pace=pace,
        triage_by=term.triage_by,
        due_on=term.due_on,
        rule=term.rule,
        twin=_twin(city, words_digest(read.words), [photo.sha256 for photo in photos], now),
    )
    _keep_parts(row, read, photos)
    PublicReportStep.objects.create(report=row, at=now, to_state=PublicReportState.NEW, done="received")
    record_event(
        None,
        "public_report.received",
        subject=f"public_report:{row.pk}",
        place=city,
        after={"number": number, "kind": row.kind, "due_on": row.due_on.isoformat()},
    )
    return row


def refuse_size(city: Place, byte_count: int) -> None:
    """Refuse a photo by its size, before it is read.

    Raises:
        ServiceError: `public_reports.photo_size`; `public_reports.no_rule`.
    """
    limit = daily_limits(city, timezone.localdate()).photo_mb
    if byte_count > limit * MEGABYTE:
        raise ServiceError("public_reports.photo_size", limit=str(limit))


def _photo(name: str, content: bytes, limits: DailyLimits) -> Photo:
    if len(content) > limits.photo_mb * MEGABYTE:
        raise ServiceError("public_reports.photo_size", limit=str(limits.photo_mb))
    try:
        media_type = media_type_of(content, name)
    except ServiceError as error:
        raise ServiceError("public_reports.photo_kind") from error
    if media_type not in PICTURES:
        raise ServiceError("public_reports.photo_kind")
    plain = without_marks(content)
    return Photo(content=plain, sha256=hashlib.sha256(plain).hexdigest(), media_type=media_type)


def _refuse_full(city: Place, today: date, limits: DailyLimits, photo_bytes: int) -> None:
    begin = timezone.make_aware(datetime.combine(today, datetime.min.time()))
    if PublicReport.objects.filter(place=city, received_at__gte=begin).count() >= limits.per_city:
        raise ServiceError("public_reports.city_full")
    if not photo_bytes:
        return
    kept = PublicReportPhoto.objects.filter(report__place=city, report__received_at__gte=begin)
    held = kept.aggregate(held=Sum("byte_count"))["held"] or 0
    if held + photo_bytes > limits.photos_mb * MEGABYTE:
        raise ServiceError("public_reports.photos_full")


def _keep_parts(row: PublicReport, read: ReadReport, photos: Sequence[Photo]) -> None:
    """Keep the photos, each once, and who may be asked, if somebody."""
    for photo in {photo.sha256: photo for photo in photos}.values():
        kept = keep_file(photo.content)
        PublicReportPhoto.objects.create(
            report=row,
            stored_name=kept.name,
            sha256=kept.sha256,
            media_type=photo.media_type,
            byte_count=kept.byte_count,
        )
    if read.name or read.phone:
        PublicReportContact.objects.create(report=row, name=read.name, phone=read.phone)


def _twin(city: Place, words: str, photos: Sequence[str], now: datetime) -> PublicReport | None:
    """Return an earlier report of the same words, or with the same photo; that of a merged one."""
    since = now - timedelta(days=public_policy().alike_days)
    rows = PublicReport.objects.filter(place=city, received_at__gte=since).exclude(
        state=PublicReportState.REFUSED
    )
    same = rows.filter(words_digest=words).first() or rows.filter(photos__sha256__in=photos).first()
    return same.merged_into or same if same is not None else None


def _number(day: date) -> str:
    """Return a number that nobody has yet; it does not tell how many there are."""
    while True:
        number = f"{day:%Y%m%d}{secrets.randbelow(10**DIGITS):0{DIGITS}d}"
        if not PublicReport.objects.filter(number=number).exists():
            return number
