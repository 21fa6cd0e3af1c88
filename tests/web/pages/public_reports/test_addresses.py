"""Pages of reports by the public stand below one address."""

from shuiheng.web.pages.public_reports.addresses import public_report_addresses


def test_every_address_lies_below_public_reports() -> None:
    found = public_report_addresses()
    assert len({each.name for each in found}) == len(found)
    assert all(str(each.pattern).startswith("public-reports/") for each in found)
