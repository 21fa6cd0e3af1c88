"""Words of monthly filings: states, instants, volumes."""

from __future__ import annotations

from django import template
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from shuiheng.adapters.records.models import MeterFiling
from shuiheng.metering.checks.record import m3_text
from shuiheng.metering.civil_time import DAY, OFFSET, local_words
from shuiheng.metering.civil_time import day_of as civil_day
from shuiheng.services.errors import ServiceError
from shuiheng.services.finding_sentences import Sentence, sentence_of

register = template.Library()
STATES: dict[str, tuple[Promise | str, str]] = {
    "compared": (_("已核对"), "s-published"),
    "received": (_("已收到，写入中"), "s-waiting"),
    "checked": (_("已收到，写入中"), "s-waiting"),
    "taking": (_("已收到，写入中"), "s-waiting"),
    "taken": (_("已写入"), "s-published"),
    "undoing": (_("已被撤销"), "s-failed"),
    "undone": (_("已被撤销"), "s-failed"),
}


def _state(filing: MeterFiling) -> tuple[Promise | str, str]:
    return STATES["compared" if filing.batch is None else filing.batch.state]


@register.filter
def filing_state(filing: MeterFiling) -> Promise | str:
    """Return the word for the state of a filing that stands."""
    return _state(filing)[0]


@register.filter
def filing_class(filing: MeterFiling) -> str:
    """Return the class by which its state is coloured."""
    return _state(filing)[1]


@register.filter
def read_words(filing: MeterFiling) -> str:
    """Return when a register was read: the day where it is the end of one, else day and time."""
    at = int(filing.read_at.timestamp())
    return civil_day(at).isoformat() if (at + OFFSET) % DAY == 0 else local_words(at)


@register.filter
def m3_shown(litres: int | None) -> str:
    """Return litres in m³ with no more digits than they have, or nothing: `1,234.5`."""
    if litres is None:
        return ""
    whole, _point, rest = m3_text(litres).partition(".")
    sign, digits = ("-", whole[1:]) if whole.startswith("-") else ("", whole)
    return f"{sign}{int(digits):,}" + (f".{rest}" if rest else "")


@register.filter
def beside_telemetry(difference_litres: int) -> str:
    """Return in words by how much a filed register is above or below the meter's own readings."""
    if difference_litres == 0:
        return gettext("与远传读数相同")
    amount = {"d": m3_shown(abs(difference_litres))}
    above, below = gettext("比远传多 %(d)s m³"), gettext("比远传少 %(d)s m³")
    return (above if difference_litres > 0 else below) % amount


@register.simple_tag
def said_error(error: ServiceError) -> Sentence:
    """Return the sentence of a refusal in the language of the page."""
    return sentence_of(error.code, error.values, language=get_language() or "zh")
