"""Laws, standards and notices."""

from dataclasses import replace
from datetime import date

from shuiheng.rules import Source, SourceKind


def test_a_source_counts_as_unchecked_until_someone_has_read_it() -> None:
    assert not Source(id="a", kind=SourceKind.LAW, title="水法").is_checked


def test_the_text_as_amended_holds_from_its_last_amendment_or_its_first_day() -> None:
    law = Source(id="a", kind=SourceKind.LAW, title="水法")
    assert law.text_holds_from is None
    begun = replace(law, effective_on=date(2002, 10, 1))
    assert begun.text_holds_from == date(2002, 10, 1)
    amended = replace(begun, amended_on=(date(2001, 1, 1), date(2016, 7, 2)))
    assert amended.text_holds_from == date(2016, 7, 2)
    assert replace(begun, amended_on=(date(2001, 1, 1),)).text_holds_from == date(2002, 10, 1)
