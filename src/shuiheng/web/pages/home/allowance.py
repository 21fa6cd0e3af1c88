"""The allowance of a water user on its first page, with the use to date."""

from __future__ import annotations

from collections.abc import Sequence

from django.urls import reverse
from django.utils.translation import gettext as _

from shuiheng.adapters.records.queries_filing import users_who_file
from shuiheng.adapters.records.queries_rounds import published_of_users
from shuiheng.allowances.execution import Verdict
from shuiheng.services.permission import Action
from shuiheng.web.pages.allowances.months import YearLine, year_lines
from shuiheng.web.pages.home.box import LATE, PLAIN, SOON, Desk, Line
from shuiheng.web.templatetags.allowance_words import cubic, ratio_percent
from shuiheng.web.words_allowances import VERDICTS

MOST_USERS, MOST_SHOWN = 5, 3
TONES = {Verdict.OVER: LATE, Verdict.NEAR: SOON}


def own_allowance(desk: Desk) -> Sequence[Line]:
    """Return the allowances of own water users for the newest year, with the use to date."""
    if not desk.may(Action.ALLOWANCES_LOOK):
        return []
    seen = desk.seen(Action.ALLOWANCES_LOOK)
    users = [user.pk for user in users_who_file(seen)[:MOST_USERS]]
    rows = published_of_users(seen, users)
    newest = [row for row in rows if row.round.year == max(each.round.year for each in rows)]
    lines = year_lines(seen, newest[:MOST_SHOWN], desk.seen(Action.READINGS_LOOK))
    return [_line(line) for line in lines]


def _line(line: YearLine) -> Line:
    """Return an allowance with what was used of it and what is left, as far as the use is known."""
    values = {"year": line.row.round.year, "volume": cubic(line.year_m3)}
    if line.used_m3 is None or line.used_share is None or line.left_m3 is None:
        note = _("用水量尚无记录")
    else:
        note = _("已用 %(used)s m³（%(share)s），剩余 %(left)s m³") % {
            "used": cubic(line.used_m3),
            "share": ratio_percent(line.used_share),
            "left": cubic(line.left_m3),
        }
    verdict = line.to_date.verdict if line.to_date else None
    tone = TONES.get(verdict, PLAIN) if verdict else PLAIN
    return Line(
        address=reverse("allowance", args=[line.row.pk]),
        words=_("%(year)d 年计划 %(volume)s m³") % values,
        note=note,
        tone=tone,
        sign=("!", VERDICTS[verdict]) if verdict and tone != PLAIN else None,
    )
