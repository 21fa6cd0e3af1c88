from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.workbooks.legacy_making import compound
from shuiheng.adapters.containers.errors import ContainerRefusedError
from shuiheng.adapters.workbooks.compound_file import CompoundFile

WHOLE = compound({"Workbook": b"w" * 5000, "Other": b"o" * 9000})


def test_streams_are_found_by_name_and_read_whole() -> None:
    file = CompoundFile(WHOLE)
    by_name = {entry.name: entry for entry in file.entries}
    assert file.stream(by_name["Workbook"])[:5001] == b"w" * 5000 + b"\x00"
    assert file.stream(by_name["Other"]).rstrip(b"\x00") == b"o" * 9000


@pytest.mark.parametrize(
    "content", [b"", WHOLE[:80], WHOLE[:600], compound({"Workbook": b"x"}, loop=True), b"\xd0" * 600]
)
def test_a_file_that_is_cut_or_runs_in_a_circle_is_damaged(content: bytes) -> None:
    with pytest.raises(ContainerRefusedError, match="damaged"):
        file = CompoundFile(content)
        file.stream(file.entries[1])


@given(st.integers(8, len(WHOLE) - 1), st.binary(min_size=1, max_size=8))
def test_a_changed_byte_is_read_or_refused(place: int, junk: bytes) -> None:
    changed = WHOLE[:place] + junk + WHOLE[place + len(junk) :]
    try:
        file = CompoundFile(changed)
        for entry in file.entries:
            if entry.kind == 2:
                assert len(file.stream(entry)) <= len(changed)
    except ContainerRefusedError as refused:
        assert refused.cause == "damaged"
