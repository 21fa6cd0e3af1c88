"""Who signs and who is addressed."""

from __future__ import annotations

from reports.made_up import SIGNING
from shuiheng.reports.model import Report, ReportKind
from shuiheng.reports.signing import signed

BARE = Report(kind=ReportKind.NOTICE, title="题", place="")


def test_a_signed_report_bears_everything_of_the_signing() -> None:
    report = signed(BARE, SIGNING)
    assert (report.signer, report.addressees, report.issued_on) == (
        SIGNING.signer,
        SIGNING.addressees,
        SIGNING.issued_on,
    )
    assert str(report.document_number) == "青节水办〔2026〕12号"
    assert report.copies_to == SIGNING.copies_to


def test_addressees_of_the_letter_itself_win() -> None:
    report = signed(Report(kind=ReportKind.REMINDER, title="题", place="", addressees=("市商务局",)), SIGNING)
    assert report.addressees == ("市商务局",)
