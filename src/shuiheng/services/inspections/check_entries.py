"""Entries of checks that a phone made without a network: the form, a photo, a signature."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from shuiheng.adapters.records.models import Account, Check, CheckFileKind, CheckResult
from shuiheng.services.errors import ServiceError
from shuiheng.services.inspections.check_steps import own_check, question_ids
from shuiheng.services.inspections.fill_check import FilledCheck, GivenAnswer, fill_check, sign_check
from shuiheng.services.inspections.keep_check_file import BroughtFile, keep_check_file
from shuiheng.services.take_entry import MadeEntry, know_entries

ENDINGS = {"image/jpeg": "jpg", "image/png": "png", "application/pdf": "pdf"}
DIGEST_LENGTH, LONGEST_INSTANT = 64, 40


def take_form(account: Account, entry: MadeEntry) -> str:
    """Take a filled form: a JSON object of the fields of the page of the form.

    Raises:
        ServiceError: `checks.bad_form`, or what `fill_check` says.
    """
    row = own_check(account, entry.subject)
    fill_check(account, row.pk, filled_from(_json(entry.content), row))
    return f"check:{row.pk}"


def take_photo(account: Account, entry: MadeEntry) -> str:
    """Take a photo; the part says by its place to which question it belongs, or `SCAN` for paper.

    Raises:
        ServiceError: `checks.file_kind`, or what `keep_check_file` says.
    """
    ending = ENDINGS.get(entry.media_type)
    if ending is None:
        raise ServiceError("checks.file_kind", kind=entry.media_type[:40])
    kind = CheckFileKind.SCAN if entry.part == "SCAN" else CheckFileKind.PHOTO
    questions = list(question_ids(own_check(account, entry.subject).items))
    place = int(entry.part) if entry.part.isdecimal() else len(questions)
    brought = BroughtFile(
        content=entry.content,
        name=f"{kind.value}.{ending}",
        kind=kind,
        question=questions[place] if place < len(questions) else "",
        taken_at=entry.kept_at,
    )
    return f"check_file:{keep_check_file(account, entry.subject, brought).pk}"


def take_signature(account: Account, entry: MadeEntry) -> str:
    """Take a signature: the hash of what was signed.

    Raises:
        ServiceError: `checks.bad_form`, or what `sign_check` says.
    """
    digest = entry.content.decode("ascii", "replace")
    if len(digest) != DIGEST_LENGTH:
        raise ServiceError("checks.bad_form")
    row = sign_check(account, entry.subject, digest=digest)
    return f"check:{row.pk}"


def filled_from(fields: Mapping[str, Any], row: Check) -> FilledCheck:
    """Return what the fields of a form say; times are those of the clock on the wall of the office.

    Raises:
        ServiceError: `checks.bad_form`, it cannot be read; `checks.field_missing`.
    """
    result = _text(fields.get("result"))
    if not result:
        raise ServiceError("checks.field_missing", field=_("结果"))
    if result not in set(CheckResult):
        raise ServiceError("checks.bad_form")
    return FilledCheck(
        result=CheckResult(result),
        begun_at=_instant(fields, "begun_at", _("开始时间")),
        ended_at=_instant(fields, "ended_at", _("结束时间")),
        summary=_text(fields.get("summary")),
        present=_text(fields.get("present")),
        is_certificate_shown=_text(fields.get("is_certificate_shown")) == "1",
        answers={
            key: GivenAnswer(answer=_text(fields.get(f"a-{key}")), note=_text(fields.get(f"n-{key}")))
            for key in question_ids(row.items)
        },
    )


def _json(content: bytes) -> Mapping[str, Any]:
    try:
        said = json.loads(content)
    except (ValueError, RecursionError) as error:
        raise ServiceError("checks.bad_form") from error
    if not isinstance(said, Mapping):
        raise ServiceError("checks.bad_form")
    return said


def _instant(fields: Mapping[str, Any], field: str, name: str) -> datetime:
    text = _text(fields.get(field))
    if not text:
        raise ServiceError("checks.field_missing", field=name)
    try:
        at = datetime.fromisoformat(text[:LONGEST_INSTANT])
    except ValueError as error:
        raise ServiceError("checks.bad_form") from error
    return at if at.tzinfo is not None else timezone.make_aware(at)


def _text(value: object) -> str:
    return value.replace("\x00", "") if isinstance(value, str) else ""


know_entries("check_form", take_form)
know_entries("check_photo", take_photo)
know_entries("check_sign", take_signature)
