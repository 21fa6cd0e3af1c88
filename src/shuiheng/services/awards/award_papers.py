"""Papers of an award: the decision as a Word document, and all of it as JSON with its derivation."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django.utils import timezone

from shuiheng.adapters.exports.official_document import write_official_document
from shuiheng.adapters.records.models import Award, AwardState
from shuiheng.adapters.records.queries_awards import GRANTED
from shuiheng.adapters.rulebook.derivation_words import derivation_words
from shuiheng.adapters.rulebook.official_form import load_official_form
from shuiheng.kernel.derivation_json import read_derivation
from shuiheng.kernel.period import Period
from shuiheng.reports.award_decision import DecidedAward, award_decision
from shuiheng.reports.charge_notice import PrintedSteps
from shuiheng.reports.report_json import freeze
from shuiheng.reports.signing import Signing
from shuiheng.services.charges.write_notices import source_titles
from shuiheng.services.errors import ServiceError
from shuiheng.services.signing_unit import signing_unit

CheckWords = tuple[str, str, str, str]


def decision_file(award: Award, checks: Sequence[CheckWords]) -> bytes:
    """Return the decision on an application as a Word document; the same decision gives the same bytes.

    Args:
        award: The award.
        checks: Each condition, what is asked, what was found and the verdict, in Chinese words.

    Raises:
        ServiceError: `awards.not_decided`.
    """
    is_granted = award.state in GRANTED
    decided_at = award.approved_at if is_granted else award.ended_at
    if decided_at is None or not (is_granted or award.state == AwardState.REJECTED):
        raise ServiceError("awards.not_decided")
    place = award.scheme.place.name
    facts = DecidedAward(
        key=f"award:{award.pk}",
        user=award.user.organisation.name,
        subject=award.subject,
        scheme=award.scheme.title,
        year=award.scheme.year,
        basis=_titled(award.scheme.source) + award.scheme.clause,
        is_granted=is_granted,
        amount=award.amount_yuan if is_granted else None,
        reason=award.decision,
        period=_period(award),
        checks=tuple(checks),
    )
    signing = Signing(
        place=place,
        signer=signing_unit(award.approved_by if is_granted else award.ended_by, place),
        issued_on=timezone.localdate(decided_at),
    )
    report = freeze(award_decision(facts, _steps(award), signing), audit_root=None)
    return write_official_document(report, load_official_form())


def award_json(award: Award) -> dict[str, Any]:
    """Return an award with its checks and derivation; numbers are text, what is not known is null."""
    return {
        "id": award.pk,
        "scheme": award.scheme_id,
        "scheme_title": award.scheme.title,
        "scheme_year": award.scheme.year,
        "kind": award.scheme.kind,
        "money": award.scheme.money or None,
        "source": award.scheme.source,
        "clause": award.scheme.clause,
        "user": award.user_id,
        "user_number": award.user.number,
        "user_name": award.user.organisation.name,
        "subject": award.subject,
        "matter": award.matter or None,
        "first": None if award.first is None else award.first.isoformat(),
        "last": None if award.last is None else award.last.isoformat(),
        "given": award.given,
        "amount_yuan": _text(award.amount_yuan),
        "is_trial": award.is_trial,
        "state": award.state,
        "decision": award.decision,
        "twin": award.twin_id,
        "twin_reason": award.twin_reason,
        "paid_on": None if award.paid_on is None else award.paid_on.isoformat(),
        "receipt": award.receipt,
        "checks": award.checks,
        "derivation": award.derivation or None,
    }


def _steps(award: Award) -> PrintedSteps | None:
    if not award.derivation:
        return None
    derived = read_derivation(award.derivation)
    return PrintedSteps(derived=derived, words=derivation_words("zh"), sources=source_titles())


def _period(award: Award) -> Period | None:
    return None if award.first is None or award.last is None else Period(award.first, award.last)


def _titled(source: str) -> str:
    return source if source.startswith("《") else f"《{source}》"


def _text(number: Decimal | None) -> str | None:
    return None if number is None else str(number)
