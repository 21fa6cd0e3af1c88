"""Entries of visits that a phone made without a network: the form, photos, and the signed record on paper."""

from __future__ import annotations

import json
from collections.abc import Mapping

from shuiheng.adapters.records.models import Account
from shuiheng.services.cases.add_case_evidence import EvidenceFields, SentFile, add_case_files
from shuiheng.services.cases.answer_case import GivenAnswer
from shuiheng.services.cases.file_visit import PHOTO, RECORD, VisitFields, file_visit
from shuiheng.services.cases.score_case import CRITERION, FACT
from shuiheng.services.errors import ServiceError
from shuiheng.services.take_entry import MadeEntry, know_entries

ENDINGS = {"image/jpeg": "jpg", "image/png": "png"}
LONGEST_VALUE = 80


def take_visit(account: Account, entry: MadeEntry) -> str:
    """Take a filled form of a visit: JSON with its fields by name.

    Raises:
        ServiceError: `cases.bad_form`, or what `file_visit` says.
    """
    try:
        said = json.loads(entry.content.decode("utf-8"))
    except ValueError as error:
        raise ServiceError("cases.bad_form") from error
    if not isinstance(said, dict) or not all(isinstance(each, str) for each in said.values()):
        raise ServiceError("cases.bad_form")
    return f"case_evidence:{file_visit(account, entry.subject, visit_from(said)).pk}"


def take_visit_photo(account: Account, entry: MadeEntry) -> str:
    """Take a photo of the place; the part names the step.

    Raises:
        ServiceError: `cases.wrong_evidence`, or what `add_case_files` says.
    """
    return _take_picture(account, entry, PHOTO)


def take_signed_record(account: Account, entry: MadeEntry) -> str:
    """Take a picture of the record that was signed on paper; the part names the step.

    Raises:
        ServiceError: `cases.wrong_evidence`, or what `add_case_files` says.
    """
    return _take_picture(account, entry, RECORD)


def visit_from(said: Mapping[str, str]) -> VisitFields:
    """Return a visit from the fields of its form; an empty answer is one that was not given."""
    answers = []
    for field, value in said.items():
        sort, mark, name = field.partition("-")
        if mark and sort in (CRITERION, FACT) and value.strip():
            answers.append(GivenAnswer(sort=sort, name=name, value=value.strip()[: LONGEST_VALUE + 1]))
    words = {name: said.get(name, "") for name in ("step", "visited_at", "present", "record")}
    return VisitFields(**words, answers=tuple(answers))


def _take_picture(account: Account, entry: MadeEntry, kind: str) -> str:
    ending = ENDINGS.get(entry.media_type)
    if ending is None:
        raise ServiceError("cases.wrong_evidence", kind=entry.media_type[:40], step=entry.part)
    fields = EvidenceFields(step=entry.part, kind=kind, taken_at=entry.kept_at)
    sent = SentFile(name=f"{kind}.{ending}", content=entry.content)
    return f"case_evidence:{add_case_files(account, entry.subject, fields, [sent])[0].pk}"


know_entries("case_visit", take_visit)
know_entries("case_photo", take_visit_photo)
know_entries("case_record", take_signed_record)
