"""A shortage under regional caps."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from allowances.made import record, value_of
from shuiheng.allowances.errors import BadRuleError, BadShareError
from shuiheng.allowances.shortage import (
    LITRE,
    Cap,
    Claim,
    SharingRule,
    Way,
    share_caps,
    shared_allowance,
    sharing_rule_of,
)
from shuiheng.kernel.derivation import Derived, Step

EVEN = SharingRule(way=Way.PROPORTIONAL)


def _claim(key: str, m3: Any, **fields: Any) -> Claim:
    return Claim(**({"key": key, "m3": Decimal(str(m3))} | fields))


def _cap(m3: Any, **fields: Any) -> Cap:
    return Cap(**({"m3": Decimal(str(m3))} | fields))


def test_claims_within_the_cap_are_granted_as_they_are() -> None:
    sharing = share_caps([_claim("a", 60), _claim("b", 40)], [_cap(100)], rule=EVEN)
    assert (dict(sharing.shares), sharing.cutbacks) == ({"a": 60, "b": 40}, {})


def test_claims_above_the_cap_are_lowered_to_it() -> None:
    sharing = share_caps([_claim("a", 60), _claim("b", 41)], [_cap(100)], rule=EVEN)
    assert sharing.shares == {"a": Decimal("59.406"), "b": Decimal("40.594")}


def test_three_equal_claims_share_to_the_litre() -> None:
    sharing = share_caps([_claim(key, 1) for key in "cab"], [_cap("0.001")], rule=EVEN)
    assert sharing.shares == {"a": LITRE, "b": 0, "c": 0}


def test_a_rule_in_whole_cubic_metres_leaves_less_than_one() -> None:
    rule = SharingRule(way=Way.PROPORTIONAL, step_m3=Decimal(1))
    sharing = share_caps([_claim("a", 60), _claim("b", 60)], [_cap("99.9")], rule=rule)
    assert sorted(sharing.shares.values()) == [49, 50]


def test_what_is_less_than_a_step_never_passes_the_cap_and_is_kept_where_all_is_kept() -> None:
    rule = SharingRule(way=Way.PROPORTIONAL, step_m3=Decimal(10))
    claims = [_claim("a", 55, floor_m3=Decimal(55)), _claim("b", 52)]
    assert share_caps(claims, [_cap(107)], rule=rule).shares == {"a": 55, "b": 52}
    assert share_caps(claims, [_cap(106)], rule=rule).shares == {"a": 55, "b": 50}
    assert share_caps(claims, [_cap("104.9")], rule=rule).shares == {"a": 55, "b": 40}
    assert share_caps(claims, [_cap(54)], rule=rule).findings


@given(
    volumes=st.lists(st.tuples(st.decimals(0, 500, places=3), st.booleans()), min_size=1, max_size=12),
    cap_m3=st.decimals(0, 3000, places=3),
    way=st.sampled_from([Way.PROPORTIONAL, Way.ABOVE_FLOOR]),
)
def test_volumes_between_steps_are_shared_within_claims_floors_and_cap(
    volumes: list[tuple[Decimal, bool]], cap_m3: Decimal, way: Way
) -> None:
    claims = [
        _claim(str(place), m3, floor_m3=m3 if is_kept else m3 / 3)
        for place, (m3, is_kept) in enumerate(volumes)
    ]
    sharing = share_caps(claims, [_cap(cap_m3)], rule=SharingRule(way=way, step_m3=Decimal(10)))
    if sharing.findings:
        return
    assert sum(sharing.shares.values()) <= cap_m3
    for claim in claims:
        assert min(claim.m3, claim.floor_m3) <= sharing.shares[claim.key] <= claim.m3


def test_groundwater_has_a_cap_of_its_own() -> None:
    claims = [_claim("a", 60, water="ground"), _claim("b", 60, water="surface")]
    sharing = share_caps(claims, [_cap(30, water="ground"), _cap(120)], rule=EVEN)
    assert sharing.shares == {"a": 30, "b": 60}


def test_a_district_first_then_the_city() -> None:
    claims = [_claim("a", 60, district="1"), _claim("b", 60, district="2")]
    sharing = share_caps(claims, [_cap(30, district="1"), _cap(60)], rule=EVEN)
    assert sharing.shares == {"a": 20, "b": 40}
    assert [each.cap.district for each in sharing.cutbacks["a"]] == ["1", ""]


def test_floors_by_class_are_kept() -> None:
    rule = SharingRule(way=Way.PROPORTIONAL, floors={"residential": Decimal("0.95")})
    claims = [_claim("a", 100, use_class="residential"), _claim("b", 100, use_class="industry")]
    assert share_caps(claims, [_cap(150)], rule=rule).shares == {"a": 95, "b": 55}


def test_a_floor_of_its_own_holds_where_it_is_greater() -> None:
    sharing = share_caps([_claim("a", 100, floor_m3=Decimal(90)), _claim("b", 100)], [_cap(150)], rule=EVEN)
    assert sharing.shares == {"a": 90, "b": 60}


def test_classes_are_served_in_their_order() -> None:
    rule = SharingRule(way=Way.PRIORITY, order=("residential", "services"))
    claims = [
        _claim("a", 100, use_class="services"),
        _claim("b", 100, use_class="residential"),
        _claim("c", 100, use_class="golf"),
    ]
    assert share_caps(claims, [_cap(150)], rule=rule).shares == {"a": 50, "b": 100, "c": 0}


@pytest.mark.parametrize(("m3", "is_short"), [(90, False), ("89.999", True)])
def test_a_cap_below_the_floors_is_a_finding_and_shares_nothing(m3: Any, is_short: bool) -> None:
    claims = [_claim("a", 100, floor_m3=Decimal(90))]
    sharing = share_caps(claims, [_cap(m3)], rule=EVEN)
    assert [each.code for each in sharing.findings] == ["allowances.cap_below_floors"] * is_short
    assert sharing.shares == {"a": 100 if is_short else 90}


def test_an_allowance_shows_each_cap_that_lowered_it() -> None:
    sharing = share_caps([_claim("a", 60), _claim("b", 60)], [_cap(100, origin="cap:1"), _cap(60)], rule=EVEN)
    given_before = Derived(
        value=Decimal(60),
        unit="m3",
        steps=(Step(name="taken_over", terms=(), formula="60", value=Decimal(60), unit="m3"),),
    )
    allowance = shared_allowance(given_before, sharing.cutbacks["a"], rule=EVEN)
    assert allowance.value == 30
    assert [step.formula for step in allowance.steps] == ["60", "60 × 100 ÷ 120", "50 × 60 ÷ 100"]
    assert shared_allowance(given_before, (), rule=EVEN) is given_before


@pytest.mark.parametrize(
    "claims",
    [[_claim("a", 1), _claim("a", 2)], [_claim("a", -1)]],
)
def test_claims_that_cannot_be_shared_are_refused(claims: list[Claim]) -> None:
    with pytest.raises(BadShareError):
        share_caps(claims, [_cap(1)], rule=EVEN)


def test_a_rule_without_a_step_shares_in_the_step_that_is_given_for_it() -> None:
    value = value_of(record(way="proportional"), rule="allowances/shortage_sharing")
    assert [sharing_rule_of(value).step_m3, sharing_rule_of(value, otherwise_m3=Decimal(10)).step_m3] == [
        LITRE,
        10,
    ]


def test_a_rule_is_read_with_its_order_and_floors() -> None:
    value = value_of(
        record(way="priority", order=["residential"], floors={"industry": "0.6"}, step="1"),
        rule="allowances/shortage_sharing",
    )
    rule = sharing_rule_of(value)
    assert (rule.way, rule.order, rule.floors, rule.step_m3) == (
        Way.PRIORITY,
        ("residential",),
        {"industry": Decimal("0.6")},
        1,
    )


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"way": "lottery"},
        {"way": "priority"},
        {"way": "priority", "order": ["a", "a"]},
        {"way": "proportional", "floors": {"a": "1.1"}},
        {"way": "proportional", "floors": "all"},
        {"way": "proportional", "step": "0.0001"},
    ],
)
def test_a_rule_that_cannot_be_is_refused(fields: dict[str, Any]) -> None:
    with pytest.raises(BadRuleError):
        sharing_rule_of(value_of(record(**fields), rule="allowances/shortage_sharing"))


litres = st.integers(0, 10**9).map(lambda each: each * LITRE)
claims_of = st.lists(
    st.tuples(litres, st.sampled_from(["a", "b", "c"]), st.sampled_from(["1", "2"]), litres), max_size=10
).map(
    lambda rows: [
        Claim(key=str(n), m3=m3, use_class=cls, district=place, floor_m3=floor / 20)
        for n, (m3, cls, place, floor) in enumerate(rows)
    ]
)


@given(
    claims=claims_of,
    cap=litres,
    narrow=litres,
    way=st.sampled_from(Way),
    seed=st.randoms(use_true_random=False),
)
def test_caps_hold_floors_hold_and_order_does_not_matter(
    claims: list[Claim], cap: Decimal, narrow: Decimal, way: Way, seed: Any
) -> None:
    rule = SharingRule(way=way, order=("b", "a"), floors={"a": Decimal("0.3")})
    caps = [Cap(m3=narrow, district="1"), Cap(m3=cap)]
    sharing = share_caps(claims, caps, rule=rule)
    mixed = list(claims)
    seed.shuffle(mixed)
    assert share_caps(mixed, caps, rule=rule) == sharing
    broken = {each.subject for each in sharing.findings}
    for each in caps:
        under = [claim for claim in claims if each.covers(claim)]
        got = sum(sharing.shares[claim.key] for claim in under)
        assert str(each) in broken or got <= each.m3
    for claim in claims:
        by_class = claim.m3 * rule.floors.get(claim.use_class, Decimal(0))
        least = min(claim.m3, max(by_class, claim.floor_m3))
        assert least <= sharing.shares[claim.key] <= claim.m3


@given(claims=claims_of, share=st.decimals(0, 1, places=4), way=st.sampled_from(Way))
def test_one_cap_that_does_not_suffice_is_given_out_to_the_litre(
    claims: list[Claim], share: Decimal, way: Way
) -> None:
    rule = SharingRule(way=way, order=("b", "a"))
    total = sum((each.m3 for each in claims), Decimal(0))
    cap = (total * share).quantize(LITRE)
    sharing = share_caps(claims, [Cap(m3=cap)], rule=rule)
    if not sharing.findings:
        assert sum(sharing.shares.values()) == min(cap, total)
