"""A made-up city whose office takes reports by the public, with a water company that answers them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import count

import pytest

from office import make_account, the_office
from shuiheng.adapters.records.models import (
    Account,
    Organisation,
    OrganisationKind,
    Place,
    PlaceKind,
    PublicReport,
    Role,
)
from shuiheng.services.found_city import join
from shuiheng.services.public_reports import report_form
from shuiheng.services.public_reports.answer_report import answer_report
from shuiheng.services.public_reports.report_form import TypedReport, new_form
from shuiheng.services.public_reports.take_report import Receipt, Sending, take_report
from shuiheng.services.public_reports.triage_report import Sorting, triage_report

LEAK = TypedReport(
    kind="hydrant",
    words="路口消火栓一直漏水，已经两天了。",
    spot="人民路与建设路路口东南角",
    name="周小芳",
    phone="13900001234",
)
HOME, OTHER_HOME = "203.0.113.5", "203.0.113.77"


@dataclass
class Town:
    """A city with those who sort, publish and answer."""

    place: Place
    district: Place
    company: Organisation
    clerk: Account
    reviewer: Account
    supplier: Account

    def send(self, typed: TypedReport = LEAK, *, address: str = HOME, **sent: object) -> Receipt:
        """Send a form that was opened a while ago."""
        sending = Sending(mark=new_form(self.place), trap="", address=address, typed=typed)
        return take_report(self.place, replace(sending, **sent))  # type: ignore[arg-type]  # fields of it

    def assigned(self, typed: TypedReport = LEAK) -> PublicReport:
        """Send a form and have it sent to the company."""
        row = self.send(typed).row
        sorting = Sorting(kind=row.kind, district=self.district.pk, organisation=self.company.pk)
        return triage_report(self.clerk, row.pk, sorting)

    def answered(self, typed: TypedReport = LEAK) -> PublicReport:
        """Have a form answered by the company."""
        return answer_report(self.supplier, self.assigned(typed).pk, answer="已更换阀门，不再漏水。")


@pytest.fixture
def town(db: None, monkeypatch: pytest.MonkeyPatch) -> Town:
    """The city; its forms may come back at once."""
    monkeypatch.setattr(report_form, "time", _later_by_a_minute())
    place = the_office().place
    district = Place.objects.create(slug="east", name="城东区", kind=PlaceKind.DISTRICT, parent=place)
    company = Organisation.objects.create(
        slug="water", name="青禾供水公司", kind=OrganisationKind.SUPPLIER, place=place
    )
    supplier = Account.objects.create(username="pipes")
    join(supplier, company, Role.SUPPLIER)
    return Town(
        place=place,
        district=district,
        company=company,
        clerk=make_account("clerk", Role.OFFICE_CLERK),
        reviewer=make_account("reviewer", Role.OFFICE_REVIEWER),
        supplier=supplier,
    )


def _later_by_a_minute() -> object:
    """Return a clock that goes a minute on each time it is read."""
    now, ticks = report_form.time(), count(step=60)
    return lambda: now + next(ticks)
