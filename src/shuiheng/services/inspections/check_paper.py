"""The record of a check as a Word file, filled in as far as it is, to be signed on paper."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils import timezone

from shuiheng.adapters.exports.official_document import write_official_document
from shuiheng.adapters.records.models import Check, CheckAnswer, CheckFile, CheckState
from shuiheng.adapters.rulebook.official_form import load_official_form
from shuiheng.reports.check_record import CheckedObject, check_record
from shuiheng.reports.report_json import freeze
from shuiheng.reports.signing import Signing
from shuiheng.services.inspections.check_steps import question_ids
from shuiheng.services.signing_unit import signing_unit

RESULTS = {"passed": "未发现问题", "to_mend": "发现问题", "refused": "拒绝检查", "not_found": "未找到对象"}
YES_NO = {"yes": "是", "no": "否", "not_applicable": "不适用"}
FILES = {"photo": "照片", "signature": "签名", "scan": "纸质扫描件"}
STATES = {"raw": "未审核", "reviewed": "已审核", "rejected": "不采用"}


def record_file(row: Check, answers: Sequence[CheckAnswer], files: Sequence[CheckFile]) -> bytes:
    """Return the record of a check; the same check gives the same bytes."""
    held = {each.question: each for each in answers}
    lines = []
    for key, question in question_ids(row.items).items():
        answer = held.get(key)
        said = "" if answer is None else YES_NO.get(answer.answer, answer.answer)
        unit = answer.unit if answer is not None and answer.answer else ""
        lines.append((str(question["text"]), f"{said}{unit}", "" if answer is None else answer.note))
    facts = CheckedObject(
        subject=row.subject,
        items=tuple(f"{each['name']}（{each['source']}{each['clause']}）" for each in row.items),
        time=_time(row),
        team=tuple((each.inspector.name, each.inspector.certificate) for each in row.team.all()),
        present=row.present,
        is_certificate_shown=row.is_certificate_shown,
        result=RESULTS.get(row.result, ""),
        summary=row.summary,
        answers=tuple(lines),
        files=tuple((FILES[each.kind], STATES[each.state], each.sha256) for each in files),
        signatures=_signatures(row),
    )
    signing = Signing(
        place=row.place.name, signer=signing_unit(row.made_by, row.place.name), issued_on=row.recorded_on
    )
    return write_official_document(
        freeze(check_record(facts, signing), audit_root=None), load_official_form()
    )


def _time(row: Check) -> str:
    if row.begun_at is None or row.ended_at is None:
        return ""
    begun, ended = timezone.localtime(row.begun_at), timezone.localtime(row.ended_at)
    return f"{begun:%Y-%m-%d %H:%M} 至 {ended:%Y-%m-%d %H:%M}"


def _signatures(row: Check) -> tuple[str, ...]:
    if row.state == CheckState.PLANNED:
        return ()
    return tuple(
        f"{each.inspector.name}已于{timezone.localtime(each.signed_at):%Y-%m-%d %H:%M}在系统中签字"
        f"（内容校验值{each.digest[:16]}）。"
        for each in row.team.all()
        if each.signed_at is not None and each.digest == row.digest
    )
