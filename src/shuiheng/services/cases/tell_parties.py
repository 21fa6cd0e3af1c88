"""Write to those whose case it is: its unit and its third party; of what counts also district and office."""

from __future__ import annotations

from collections.abc import Mapping

from django.db.models import Q
from django.urls import NoReverseMatch, reverse

from shuiheng.adapters.records.models import Account, Channel, Organisation, OrganisationKind, ProgrammeCase
from shuiheng.services.cases.case_course import kind_of
from shuiheng.services.write_message import Cause, write_message

KEEPERS_TOO = ("case_at_risk", "case_expired", "case_recheck_due", "case_holds_again", "case_revoked")
"""Messages that the district of a case and the office read too."""


def tell_parties(
    row: ProgrammeCase,
    message: str,
    mark: str,
    blanks: Mapping[str, str],
    *,
    by: Account | None = None,
) -> int:
    """Write one message to each party of a case; the same cause writes to nobody twice.

    Args:
        row: The case.
        message: Id of the message in rulebook/policies/messages.yaml.
        mark: What makes this cause different from an earlier one of the same case and message.
        blanks: What the message says besides the case and its kind.
        by: Who caused it, or None for the readings.

    Returns:
        How many messages were written.
    """
    said = {"subject": row.subject_name, "kind": kind_of(row).names["zh"], **blanks}
    cause = Cause(kind=message, key=f"case/{row.pk}/{message}/{mark}", blanks=said, by=by, page=_page(row.pk))
    receivers = {each.pk: each for each in (row.organisation, row.commissioned) if each is not None}
    if message in KEEPERS_TOO:
        receivers |= {each.pk: each for each in _keepers(row)}
    written = [write_message(cause, Channel.SITE, organisation=each) for each in receivers.values()]
    return sum(each is not None for each in written)


def _keepers(row: ProgrammeCase) -> list[Organisation]:
    """Return the office of the city and the authority of the district in which a case counts."""
    of_city = Q(kind=OrganisationKind.OFFICE, place=row.place)
    of_district = Q(kind=OrganisationKind.DISTRICT, place=row.district)
    return list(Organisation.objects.filter(of_city | of_district, to_on__isnull=True).order_by("pk"))


def _page(key: int) -> str:
    try:
        return reverse("case", args=[key])
    except NoReverseMatch:
        return ""
