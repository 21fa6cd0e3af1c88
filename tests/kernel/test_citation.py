"""A citation: nothing binds unless somebody says so."""

from __future__ import annotations

from datetime import date

from shuiheng.kernel.citation import Citation


def test_a_citation_is_neither_checked_nor_binding_by_itself() -> None:
    cited = Citation(
        rule="charges/late_fee", area="", since=date(2026, 1, 1), source="some-law", clause="第三条"
    )
    assert not cited.is_checked and not cited.is_binding
