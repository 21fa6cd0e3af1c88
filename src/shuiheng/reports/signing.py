"""Who signs a document, to whom it goes, and under which number."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from shuiheng.reports.document_number import DocumentNumber
from shuiheng.reports.model import Report


@dataclass(frozen=True, slots=True, kw_only=True)
class Signing:
    """Who signs a document, to whom it goes, and under which number.

    Args:
        place: Name of the city or district.
        signer: Unit that signs.
        addressees: Units that must act on it.
        issued_on: Day of signing, or None in a draft.
        document_number: Number, or None while it has none.
        letterhead: Words of the red head, or empty on printed letter paper.
        contact: Person and telephone that can be asked, or empty.
        copies_to: Units that get a copy.
    """

    place: str
    signer: str = ""
    addressees: tuple[str, ...] = ()
    issued_on: date | None = None
    document_number: DocumentNumber | None = None
    letterhead: str = ""
    contact: str = ""
    copies_to: tuple[str, ...] = ()


def signed(report: Report, signing: Signing) -> Report:
    """Return the report with its place, signature, number and copies; addressees of its own stay."""
    return replace(
        report,
        place=signing.place,
        signer=signing.signer,
        addressees=report.addressees or signing.addressees,
        issued_on=signing.issued_on,
        document_number=signing.document_number,
        letterhead=signing.letterhead,
        contact=signing.contact,
        copies_to=signing.copies_to,
    )
