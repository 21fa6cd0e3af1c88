"""What a passage is read with."""

from __future__ import annotations

from plans.extract.reading import read
from shuiheng.plans.extract import ReadingContext, statements
from shuiheng.plans.passage import PassageRole
from shuiheng.plans.wording import squeeze


def test_a_section_of_the_past_states_nothing() -> None:
    context = ReadingContext(role=PassageRole.BODY, is_past=True)
    found = statements(
        squeeze("到2025年，建成企业3家。年用水量1万立方米以上的企业每年报送报表。"), context=context
    )
    assert (found.targets, found.duties, found.thresholds) == ((), (), ())


def test_without_a_year_of_the_document_no_year_is_past() -> None:
    assert len(read("2019年，建成节水型企业3家。", year=None).targets) == 1
    assert read("2019年，建成节水型企业3家。", year=2021).targets == ()
