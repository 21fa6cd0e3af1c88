"""Words of lists of members."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django import template
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from shuiheng.adapters.records.models import MemberRow, WaterUser
from shuiheng.adapters.records.queries_members import lists_of_user
from shuiheng.services.permission import Action, may
from shuiheng.services.scope import sight
from shuiheng.web import words
from shuiheng.web.templatetags.volumes import whole_percent
from shuiheng.web.words_members import QUANTITIES, TABLES, USE_CLASSES

register = template.Library()
LITRES_OF_M3, LITRES_OF_10K_M3 = 1_000, 10_000_000


@register.filter
def member_word(code: Any, table: str) -> str:
    """Return the word for a code of a list, for example `{{ row.standing|member_word:"standing" }}`."""
    return words.word(TABLES[table], str(code))


@register.filter
def limit_text(terms: Mapping[str, Any]) -> str:
    """Return which amount a rule holds against which limit: `年用水量 ≥ 50 万m³`."""
    if terms["limit"] == 0 and terms["op"] == ">=":
        return _("不论水量多少")
    quantity, op = words.word(QUANTITIES, terms["quantity"]), words.word(words.OPERATORS, terms["op"])
    return f"{quantity} {op} {volume_text(terms['limit'])}"


@register.filter
def volume_text(litres: int | None) -> str:
    """Return a volume as a plan prints it: in 万m³ from ten thousand on, else in m³."""
    if litres is None:
        return ""
    if abs(litres) < LITRES_OF_10K_M3:
        return f"{_plain(Decimal(litres) / LITRES_OF_M3)} m³"
    return _("%(n)s 万m³") % {"n": _plain(Decimal(litres) / LITRES_OF_10K_M3)}


@register.filter
def who_text(terms: Mapping[str, Any]) -> str:
    """Return whom a rule speaks of, in the words of the ledger."""
    who = terms["who"]
    comma, stop = (", ", "; ") if (get_language() or "").startswith("en") else ("、", "；")
    said = [comma.join(words.word(USE_CLASSES, each) for each in USE_CLASSES if each in who["classes"])]
    kinds = comma.join(words.word(TABLES["source_kind"], each) for each in who["sources"])
    said.append(_("有%(source)s的") % {"source": kinds} if kinds else "")
    if who["is_above_scale"]:
        said.append(_("规模以上"))
    if who["is_public"] is not None:
        said.append(_("公共机构") if who["is_public"] else _("不含公共机构"))
    return stop.join(each for each in said if each) or _("所有用水户")


@register.filter
def share_percent(share: float | str | None) -> str:
    """Return a share as whole percent, or nothing; what is not quite nothing is never 0 %."""
    if share is None or isinstance(share, str):  # a template gives nothing as text
        return ""
    return whole_percent(share)


@register.inclusion_tag("members/of_user.html", takes_context=True)
def user_member_lists(context: Any, user: WaterUser) -> dict[str, Any]:
    """Show the adopted lists on which a user stands or may stand."""
    request = context["request"]
    rows: list[MemberRow] = []
    if may(request.user, Action.LEDGER_LOOK):
        rows = list(lists_of_user(sight(request.user, Action.LEDGER_LOOK), user))
    return {"rows": rows}


def _plain(value: Decimal) -> str:
    text = f"{value:,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
