"""Words and figures of planned allowances: volumes to the last digit, findings, derivations."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django import template
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from shuiheng.adapters.records.models import (
    AllowanceEntry,
    AllowanceMonth,
    EntryState,
    PlannedAllowance,
    WaterSource,
    WaterUser,
)
from shuiheng.adapters.records.queries_allowances import effective_months
from shuiheng.adapters.records.queries_rounds import published_of_users
from shuiheng.adapters.rulebook.derivation_words import derivation_words
from shuiheng.adapters.rulebook.parameters import shipped_rulebook
from shuiheng.kernel.derivation import Derived
from shuiheng.kernel.derivation_json import read_derivation
from shuiheng.kernel.json_fields import JsonFormatError
from shuiheng.services.allowances.taker_word import lacks_word
from shuiheng.services.finding_sentences import Sentence, sentence_of
from shuiheng.services.permission import Action, may
from shuiheng.services.scope import sight
from shuiheng.web import words
from shuiheng.web.templatetags.volumes import whole_percent
from shuiheng.web.words_allowances import TABLES

register = template.Library()


@register.filter
def allowance_word(code: Any, table: str) -> str:
    """Return the word for a code, for example `{{ round.state|allowance_word:"round" }}`."""
    return words.word(TABLES[table], str(code))


@register.filter
def cubic(value: Any) -> str:
    """Return m³ with all the digits that they have, or nothing for what is not known."""
    if value is None or value == "":
        return ""
    number = Decimal(str(value)).normalize()
    return f"{number:,f}"


@register.filter
def signed_cubic(value: Any) -> str:
    """Return a change in m³ with its sign."""
    text = cubic(value)
    return text if not text or text.startswith("-") or text == "0" else f"+{text}"


@register.filter
def typed_cubic(value: Any) -> str:
    """Return m³ as they stand in a field, without separators."""
    return "" if value is None or value == "" else format(Decimal(str(value)).normalize(), "f")


@register.filter
def ratio_percent(ratio: Any) -> str:
    """Return a ratio as whole percent, or nothing; what is not quite nothing is never 0 %."""
    return "" if ratio is None or ratio == "" else whole_percent(float(ratio))


@register.filter
def rate_percent(ratio: Any) -> str:
    """Return a ratio in percent with one decimal, or nothing."""
    return "" if ratio is None or ratio == "" else f"{Decimal(str(ratio)) * 100:.1f} %"


@register.filter
def percent_field(share: Any) -> str:
    """Return a share as percent as it stands in a field."""
    return "" if share in (None, "") else typed_cubic(Decimal(str(share)) * 100)


@register.filter
def months_total(months: Sequence[AllowanceMonth]) -> Decimal:
    """Return what an entry changes in the whole year."""
    return sum((row.volume_m3 for row in months), Decimal(0))


@register.filter
def derivation_word(code: str) -> str:
    """Return the word of a reason or another id of derivations."""
    held = derivation_words("en" if (get_language() or "").startswith("en") else "zh")
    return held.labels.get(code, held.names.get(code, code))


@register.filter
def source_name(row: Any) -> str:
    """Return what people call the source of an allowance, a proposal or a source itself."""
    source = row if isinstance(row, WaterSource) else row.source
    kind = row.water_kind if isinstance(row, PlannedAllowance) else ""
    name = words.word(TABLES["water"], kind) if kind else ""
    number = _("水源 %(number)s") % {"number": source.number} if source is not None else ""
    return " · ".join(filter(None, (name, number))) or _("全部水源")


@register.simple_tag
def said_finding(finding: Mapping[str, Any], name: str = "") -> Sentence:
    """Return the sentence of a finding that is kept as JSON; `name` stands for the account."""
    language = "en" if (get_language() or "").startswith("en") else "zh"
    values = dict(finding.get("values", {}))
    if name and "account" in values:
        values["account"] = name
    if "missing" in values:
        named = derivation_words(language).names
        comma = ", " if language == "en" else "、"
        values["missing"] = comma.join(named.get(each, each) for each in values["missing"].split(", "))
    if "cap" in values:
        values["cap"] = _cap_words(values["cap"])
    return sentence_of(finding.get("code", ""), values, language=language)


@register.filter
def other_side(entry: AllowanceEntry) -> AllowanceEntry | None:
    """Return the other side of a change that concerns two allowances, or None."""
    return entry.partner or next(iter(entry.partners.all()), None)


@register.filter
def waits_for_word(entry: AllowanceEntry) -> bool:
    """Return whether a change waits for the word of the user that takes."""
    other = other_side(entry)
    return other is not None and entry.state == EntryState.ASKED and lacks_word([entry, other])


@register.inclusion_tag("allowances/of_user.html", takes_context=True)
def user_allowances(context: Any, user: WaterUser, on: date) -> dict[str, Any]:
    """Show the allowances of a user in the year of a day, as they stand on it."""
    request, lines = context["request"], []
    if may(request.user, Action.ALLOWANCES_LOOK):
        seen = sight(request.user, Action.ALLOWANCES_LOOK)
        rows = [row for row in published_of_users(seen, [user.pk]) if row.round.year == on.year]
        found = effective_months(seen, year=on.year, on=on, users=[user.pk]) if rows else {}
        lines = [(row, found[row.pk].year_m3) for row in rows if row.pk in found]
    return {"lines": lines, "year": on.year}


@register.simple_tag(takes_context=True)
def month_allowance(context: Any, user: WaterUser, month: date) -> Decimal | None:
    """Return the planned allowance of a user for a month, all sources together; None when it has none."""
    request = context["request"]
    if not may(request.user, Action.ALLOWANCES_LOOK):
        return None
    seen = sight(request.user, Action.ALLOWANCES_LOOK)
    found = effective_months(seen, year=month.year, on=date(month.year, 12, 31), users=[user.pk])
    if not found:
        return None
    return sum((each.months[month.month - 1] for each in found.values()), Decimal(0))


@register.filter
def derivation_of(kept: Any) -> Derived | None:
    """Return a derivation that is kept as JSON, or None where there is none."""
    try:
        return read_derivation(kept)
    except JsonFormatError:
        return None


@register.filter
def rule_name(rule: str) -> str:
    """Return the name of a rule in the language of the page, its id when it is none."""
    rules = shipped_rulebook()
    language = "en" if (get_language() or "").startswith("en") else "zh"
    return rules[rule].names[language] if rule in rules else rule


@register.filter
def cap_words(cap: Any) -> str:
    """Return of what a cap is: the whole city, or its district, class and kind of water."""
    parts = [cap.district.name if cap.district is not None else ""]
    parts.append(words.word(TABLES["use_class"], cap.use_class) if cap.use_class else "")
    parts.append(words.word(TABLES["water"], cap.water_kind) if cap.water_kind else "")
    return " · ".join(filter(None, parts)) or _("全市")


def _cap_words(said: str) -> str:
    known = {**TABLES["use_class"], **TABLES["water"]}
    named = [str(known.get(part, part)) for part in said.split(" ")]
    return _("全市") if said == "*" else " ".join(named)
