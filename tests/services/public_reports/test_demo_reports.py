"""The demo city shows a report in each state, and loading it again adds none."""

from __future__ import annotations

import pytest

from office import make_account, the_office
from services.public_reports.made_up import Town
from shuiheng.adapters.records.models import Organisation, PublicReport, PublicReportState, Role
from shuiheng.services.found_city import join
from shuiheng.services.public_reports.demo_reports import settle_demo_reports
from shuiheng.services.public_reports.publish_report import persons_in

pytestmark = pytest.mark.django_db


def test_one_report_of_each_state_is_made_once(town: Town) -> None:
    assert settle_demo_reports(town.place) == 0  # without its people
    make_account("officer", Role.OFFICE_CLERK)  # the reviewer stands already
    district = Organisation.objects.create(
        slug="east-office", name="城东区政府", kind="district", place=town.district
    )
    clerk = make_account("district")
    join(clerk, district, Role.DISTRICT_CLERK)
    assert settle_demo_reports(the_office().place) == len(PublicReportState)
    assert set(PublicReport.objects.values_list("state", flat=True)) == set(PublicReportState.values)
    shown = PublicReport.objects.get(state="published")
    assert not persons_in(shown, f"{shown.public_title}{shown.public_answer}")
    assert settle_demo_reports(town.place) == 0
