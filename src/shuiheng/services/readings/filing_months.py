"""Which months water users can file now, and when a filing is late."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from shuiheng.adapters.rulebook.filing_policy import filing_policy
from shuiheng.metering.civil_time import month_after, months_before


@dataclass(frozen=True, slots=True, kw_only=True)
class FilingMonth:
    """A month that can be filed: its first day, the last day that is not late, the first day too late."""

    month: date
    due_on: date
    closes_on: date

    def is_late(self, today: date) -> bool:
        """Return whether who files today is late."""
        return today > self.due_on

    @property
    def last_day(self) -> date:
        """The last day of the month."""
        return date.fromordinal(month_after(self.month).toordinal() - 1)


def filing_month(month: date) -> FilingMonth:
    """Return the days of a month, whether it can be filed or not."""
    policy = filing_policy()
    first = month.replace(day=1)
    return FilingMonth(
        month=first,
        due_on=month_after(first).replace(day=policy.due_day),
        closes_on=months_before(first, -policy.late_months - 1),
    )


def open_months(today: date) -> list[FilingMonth]:
    """Return the months that can be filed on a day, the newest first."""
    policy = filing_policy()
    newest = today.replace(day=1) if today.day >= policy.opens_day else months_before(today, 1)
    found = [filing_month(months_before(newest, back)) for back in range(policy.late_months + 1)]
    return [each for each in found if today < each.closes_on]
