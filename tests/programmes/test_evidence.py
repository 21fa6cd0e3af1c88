"""What a set of evidence supports."""

from __future__ import annotations

from dataclasses import replace
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shuiheng.programmes.evidence import Evidence, EvidenceState, Lack, WhyNot, support_of, why_not
from shuiheng.programmes.kind import EvidenceNeed

REVIEWED = EvidenceState.REVIEWED
PAPER = Evidence(key="1", kind="record", sha256="a", by="甲")
READING = Evidence(key="2", kind="reading", sha256="b", by="", is_electronic=True, is_meter_verified=True)


def need(kind: str, least: int = 1, *, is_reviewed: bool = False) -> EvidenceNeed:
    return EvidenceNeed(kind=kind, names={}, least=least, is_reviewed=is_reviewed)


@pytest.mark.parametrize(
    ("piece", "reason"),
    [
        (PAPER, None),
        (READING, WhyNot.UNREVIEWED),
        (replace(READING, state=REVIEWED, reviewed_by="乙"), None),
        (replace(READING, state=REVIEWED, reviewed_by=""), WhyNot.OWN_REVIEW),
        (replace(PAPER, state=REVIEWED, reviewed_by="甲"), WhyNot.OWN_REVIEW),
        (replace(PAPER, state=EvidenceState.REJECTED, reviewed_by="乙"), WhyNot.REJECTED),
        (
            replace(READING, state=REVIEWED, reviewed_by="乙", is_meter_verified=False),
            WhyNot.UNVERIFIED_METER,
        ),
        (replace(READING, state=REVIEWED, reviewed_by="乙", is_meter_verified=None), None),
        (replace(PAPER, state=REVIEWED, reviewed_by="乙", is_survey=True), WhyNot.SURVEY),
    ],
)
def test_a_piece_supports_something_or_says_why_not(piece: Evidence, reason: WhyNot | None) -> None:
    assert why_not(piece) == reason


def test_paper_needs_a_second_person_only_where_the_step_asks_for_one() -> None:
    assert support_of([PAPER], [need("record")]).is_enough
    asked = support_of([PAPER], [need("record", is_reviewed=True)])
    assert asked.set_aside == (("1", WhyNot.UNREVIEWED),)
    assert asked.lacks == (Lack(kind="record", missing=1),)


def test_the_same_photo_twice_is_one_photo() -> None:
    again = replace(PAPER, key="3")
    found = support_of([again, PAPER], [need("record", 2)])
    assert found.counted == ("1",)
    assert found.set_aside == (("3", WhyNot.SAME_BYTES),)
    assert found.lacks == (Lack(kind="record", missing=1),)


def test_two_needs_of_one_kind_are_not_met_by_one_piece() -> None:
    found = support_of([PAPER], [need("record"), need("record")])
    assert found.lacks == (Lack(kind="record", missing=1),)
    assert support_of(
        [PAPER, replace(PAPER, key="3", sha256="c")], [need("record"), need("record")]
    ).is_enough


def test_nothing_supports_a_need_of_another_kind() -> None:
    found = support_of([PAPER], [need("photo", 2)])
    assert (found.counted, found.set_aside) == ((), ())
    assert found.lacks == (Lack(kind="photo", missing=2),)


PIECES = st.builds(
    Evidence,
    key=st.text("0123456789", min_size=1, max_size=3),
    kind=st.sampled_from(["photo", "reading"]),
    sha256=st.sampled_from("abc"),
    by=st.sampled_from(["", "甲", "乙"]),
    state=st.sampled_from(EvidenceState),
    reviewed_by=st.sampled_from(["", "甲", "乙"]),
    is_electronic=st.booleans(),
    is_meter_verified=st.sampled_from([None, True, False]),
    is_survey=st.booleans(),
)


@given(st.lists(PIECES, max_size=8, unique_by=lambda each: each.key), st.integers(1, 3), st.randoms())
def test_no_unreviewed_electronic_record_counts_and_order_does_not_matter(
    held: list[Evidence], least: int, chance: Random
) -> None:
    needs = [need("photo", least), need("reading", least)]
    found = support_of(held, needs)
    counted = [each for each in held if each.key in found.counted]
    assert all(
        each.state is REVIEWED and each.reviewed_by not in ("", each.by)
        for each in counted
        if each.is_electronic
    )
    assert len({(each.kind, each.sha256) for each in counted}) == len(counted)
    turned = list(held)
    chance.shuffle(turned)
    assert support_of(turned, needs) == found
    # rejecting any piece never lets more be supported
    for place, piece in enumerate(held):
        worse = [*held[:place], replace(piece, state=EvidenceState.REJECTED), *held[place + 1 :]]
        assert sum(each.missing for each in support_of(worse, needs).lacks) >= sum(
            each.missing for each in found.lacks
        )
