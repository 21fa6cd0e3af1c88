"""Look at applications: remind the office before the last day, grant by silence where a rule says so."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils import timezone

from shuiheng.adapters.records.models import AllowanceEntry, Channel, EntryKind, EntryState
from shuiheng.adapters.rulebook.allowance_policy import allowance_policy
from shuiheng.allowances.adjustments import Silence
from shuiheng.kernel.term import Term, TermUnit, term_end
from shuiheng.services.allowances.decide_change import Answer, settle_change
from shuiheng.services.allowances.year_rules import year_rules
from shuiheng.services.background import every_minute
from shuiheng.services.errors import ServiceError
from shuiheng.services.work_calendar import work_calendar
from shuiheng.services.write_message import Cause, write_message

BY_SILENCE, AT_ONCE = "逾期未答复，视为同意", 200


def watch_applications(today: date | None = None) -> int:
    """Remind and grant what is due; return how many were granted. Doing it again changes nothing."""
    day, granted = today or timezone.localdate(), 0
    waiting = AllowanceEntry.objects.filter(
        state=EntryState.ASKED, due_on__isnull=False, partner__isnull=True
    )
    waiting = waiting.exclude(kind=EntryKind.INITIAL)
    if not waiting.exists():
        return 0
    ahead = Term(count=allowance_policy().remind_workdays, unit=TermUnit.WORKDAYS)
    soon = term_end(day, ahead, calendar=work_calendar()).on
    rows = waiting.filter(due_on__lte=soon).select_related("allowance__round__place", "allowance__user")
    for entry in rows.order_by("due_on", "pk")[:AT_ONCE]:
        is_late = entry.due_on is not None and entry.due_on < day
        if is_late and _is_granted(entry) and _is_settled(entry.pk):
            granted += 1
        else:
            _remind(entry)
    return granted


def _is_granted(entry: AllowanceEntry) -> bool:
    round_, asked_on = entry.allowance.round, timezone.localdate(entry.asked_at)
    rule = year_rules(round_.place, round_.year, on=asked_on).adjustment
    return rule is not None and rule.silence is Silence.GRANTED


def _is_settled(key: int) -> bool:
    """Grant an application by silence; return False when that cannot be, so that the office has to answer."""
    try:
        with transaction.atomic():
            entry = AllowanceEntry.objects.select_for_update(of=("self",)).get(pk=key)
            if entry.state == EntryState.ASKED:
                settle_change(None, entry, Answer(is_approved=True, reason=BY_SILENCE))
    except ServiceError:
        return False
    return True


def _remind(entry: AllowanceEntry) -> None:
    round_ = entry.allowance.round
    blanks = {
        "organisation": entry.allowance.user.organisation.name,
        "due": entry.due_on.isoformat() if entry.due_on is not None else "",
        "year": str(round_.year),
    }
    cause = Cause(
        kind="allowance_answer_due",
        key=f"allowance_answer_due:{entry.pk}",
        blanks=blanks,
        page="/allowances/applications/",
    )
    write_message(cause, Channel.SITE, organisation=round_.authority)


every_minute(watch_applications)
