"""Words and figures of the readings of a meter."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from django import template
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from shuiheng.adapters.records.models import MeterFinding, SettledMonth
from shuiheng.adapters.rulebook.metering_checks import metering_checks
from shuiheng.metering.civil_time import local_words
from shuiheng.services.finding_sentences import Sentence, length_of_time, sentence_of
from shuiheng.services.ledger.use_by_month import MonthUse
from shuiheng.web import words
from shuiheng.web.templatetags.ledger_words import m3
from shuiheng.web.templatetags.volumes import NOISE, whole_percent
from shuiheng.web.words_meter import TABLES

register = template.Library()
ESTIMATED, NOTHING_KNOWN = 2, (0.0, 0.0, 0.0, 1.0)


@register.filter
def meter_word(code: Any, table: str) -> str:
    """Return the word for a code of a meter, for example `{{ basis|meter_word:"basis" }}`."""
    return words.word(TABLES[table], str(code))


@register.filter
def instant(read_at: int) -> str:
    """Return an instant as local day and time."""
    return local_words(read_at)


@register.filter
def seconds_of(at: datetime) -> int:
    """Return an instant as whole seconds of UTC."""
    return int(at.astimezone(UTC).timestamp())


@register.filter
def long_time(seconds: int) -> str:
    """Return a length of time as people say it: `3 天`, `5 小时`, `20 分钟`."""
    return length_of_time(seconds, language=get_language() or "zh")


@register.filter
def m3_short(litres: float | None) -> str:
    """Return litres as m³ with as many digits as an eye takes in: `0.012`, `3.4`, `128`."""
    if litres is None:
        return ""
    volume = litres / 1000
    size = abs(volume)
    if size >= 100:
        return f"{volume:,.0f}"
    if size >= 10:
        return f"{volume:.1f}"
    if size >= 1:
        return f"{volume:.2f}"
    text = f"{volume:.3f}"
    return text.rstrip("0").rstrip(".") if float(text) else "0"


@register.simple_tag
def meter_sentence(finding: MeterFinding) -> Sentence:
    """Return name, sentence and remedy of a finding of a meter in the language of the page."""
    return sentence_of(finding.code, finding.values, language=get_language() or "zh")


@register.filter
def rule_name(rule: str) -> str:
    """Return the name of a rule of the checks, or the word by which it is known."""
    known = metering_checks().rules.get(rule)
    if known is None:
        return rule
    return known.name["en" if (get_language() or "zh").startswith("en") else "zh"]


@register.filter
def code_name(code: str) -> str:
    """Return the name of what a code of a finding says."""
    return sentence_of(code, {}, language=get_language() or "zh").name


@register.filter
def whole_litres(row: SettledMonth) -> int | None:
    """Return what is known and what is estimated of a month together, None when it is neither."""
    if row.by_time_litres is None and not row.estimated_seconds:
        return None
    return (row.by_time_litres or 0) + row.estimated_litres


@register.filter
def known_words(row: SettledMonth) -> str:
    """Return in words how well a month is known: `实测 80 % · 分摊 10 % · 估算 10 %（前后流量内插）`."""
    parts = (row.measured_seconds, row.spread_seconds, row.estimated_seconds, row.missing_seconds)
    total = sum(parts)
    rungs = [each for each in row.rung.split(",") if each]
    return _shares([each / total for each in parts] if total else NOTHING_KNOWN, rungs)


@register.filter
def use_words(use: MonthUse) -> str:
    """Return in words how well the month of a user is known; see `known_words`."""
    return _shares(use.use.time_shares or NOTHING_KNOWN, use.rungs)


@register.filter
def profile_words(profile: str) -> str:
    """Return in words by which curve the parts of a month were spread."""
    if not profile:
        return ""
    names = {"even": _("均匀"), "user": _("本户用水曲线"), "shape-": _("估算形状")}
    said = []
    for each in profile.split(","):
        name = next((word for mark, word in names.items() if each.startswith(mark)), _("同类用水曲线"))
        if name not in said:
            said.append(name)
    return "、".join(said)


@register.filter
def m3_or_dash(litres: int | None) -> str:
    """Return litres in m³, or a dash where there is nothing."""
    return "—" if litres is None else m3(litres)


def _shares(parts: Sequence[float], rungs: Sequence[str]) -> str:
    names = (_("实测"), _("分摊"), _("估算"), _("缺失"))
    said = []
    for place, (name, ratio) in enumerate(zip(names, parts, strict=True)):
        if ratio > NOISE:
            note = "、".join(meter_word(rung, "rung") for rung in rungs) if place == ESTIMATED else ""
            shown = f"{name} {whole_percent(ratio)}"
            said.append(f"{shown}{_('（%(note)s）') % {'note': note}}" if note else shown)
    return " · ".join(said)
