"""The norm volume of a user lies whole on its sources, by the basis that the rule names."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from allowances.made import inputs_of, norm_of, record, value_of
from shuiheng.adapters.rulebook.derivation_words import derivation_words
from shuiheng.allowances.by_source import (
    BySourceRule,
    SourceBasis,
    by_source_rule_of,
    norm_of_source,
    source_shares,
)
from shuiheng.allowances.errors import BadRuleError
from shuiheng.allowances.methods import method_of, work_out
from shuiheng.allowances.model import Activity, SourceShare, Unknown, Worked


def _rule(by: str) -> BySourceRule:
    return by_source_rule_of(value_of(record(by=by), rule="allowances/norm_by_source"))


def _norm(m3: Decimal) -> Worked:
    worked = work_out(method_of(value_of(record(method="proposal"))), inputs_of(proposal_m3=m3))
    assert isinstance(worked, Worked)
    return worked


def _parts(m3: Decimal, shares: tuple[SourceShare, ...]) -> list[Worked]:
    parts = [norm_of_source(_norm(m3), share) for share in shares]
    return [part for part in parts if isinstance(part, Worked)]


USES = st.lists(st.decimals(0, 10**6, places=3), min_size=2, max_size=6).filter(any)


@given(uses=USES, m3=st.decimals(0, 10**7, places=3), by=st.sampled_from([*SourceBasis]))
def test_the_parts_of_the_sources_are_the_norm_volume_exactly(
    uses: list[Decimal], m3: Decimal, by: SourceBasis
) -> None:
    parts = _parts(m3, source_shares(uses=uses, permits=uses, rule=_rule(by)))
    assert len(parts) == len(uses)
    assert sum((part.exact for part in parts), Fraction(0)) == Fraction(m3)


def test_a_source_gets_as_much_of_the_norm_as_of_last_years_use() -> None:
    uses = [Decimal(300), Decimal(100)]
    tap, well = _parts(Decimal(1000), source_shares(uses=uses, permits=[None, None], rule=_rule("use")))
    assert (tap.exact, well.exact) == (750, 250)
    assert tap.steps[-1].formula == "1000 × 300 ÷ 400" and tap.steps[-1].citation is not None


@pytest.mark.parametrize("uses", [[Decimal(300), None], [Decimal(0), Decimal(0)]])
def test_what_is_not_known_of_one_source_leaves_all_parts_unknown(uses: list[Decimal | None]) -> None:
    shares = source_shares(uses=uses, permits=[None, None], rule=_rule("use"))
    assert {norm_of_source(_norm(Decimal(10)), each) for each in shares} == {
        Unknown(missing=("source_share",))
    }


def test_the_method_by_norm_takes_the_part_of_its_source() -> None:
    words = derivation_words("zh")
    assert {f"by_{each}" for each in SourceBasis} <= set(words.labels)
    shares = source_shares(uses=[None, None], permits=[Decimal(9), Decimal(1)], rule=_rule("permit"))
    made = Activity(norm=norm_of(), amount=Decimal(2))  # 2 people at 25 m³
    found = [
        work_out(method_of(value_of(record(method="norm"))), inputs_of(activities=(made,), source_share=each))
        for each in shares
    ]
    assert [part.exact for part in found if isinstance(part, Worked)] == [45, 5]


def test_a_rule_names_one_of_the_known_ways() -> None:
    with pytest.raises(BadRuleError):
        _rule("mood")
