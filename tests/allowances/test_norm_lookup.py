"""A word of the ledger names one norm or none."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

from allowances.made import norm_of
from shuiheng.allowances.norm_lookup import find_norm, named_norms, norm_key
from shuiheng.allowances.use_norm import UseNorm

ON = date(2026, 6, 1)
CLOTH = norm_of(id="表1", standard="a", area="99", product="印染布")
TOWEL = replace(CLOTH, standard="b", product="毛巾")
THIRD = norm_of(id="h3", standard="a", area="99", product="医院", condition="三级", industry="8411")
SECOND = replace(THIRD, id="h2", condition="二级", industry="8412")


def _found(word: str, *norms: UseNorm, industry: str = "") -> UseNorm | None:
    return find_norm(named_norms(norms), word, area="9901", on=ON, industry=industry)


def test_a_number_of_two_standards_names_none_and_their_keys_name_one_each() -> None:
    assert _found("表1", CLOTH, TOWEL) is None
    assert _found("表1", CLOTH) is CLOTH
    assert (_found(norm_key(CLOTH), CLOTH, TOWEL), _found(norm_key(TOWEL), CLOTH, TOWEL)) == (CLOTH, TOWEL)


def test_a_number_that_two_standards_use_for_one_product_names_the_norm_that_holds() -> None:
    own = replace(CLOTH, standard="c", area="9901", general=Decimal(9))
    assert _found("表1", CLOTH, own) is own
    assert _found("表1", CLOTH, replace(own, general=Decimal(99))) is CLOTH


def test_a_product_with_several_conditions_names_none_unless_the_industry_tells() -> None:
    assert _found("医院", THIRD, SECOND) is None
    assert _found("h2", THIRD, SECOND) is SECOND
    assert _found("医院", THIRD, SECOND, industry="8412") is SECOND


def test_an_old_key_names_the_norm_that_replaced_it() -> None:
    newer = replace(CLOTH, id="表7", standard="a2", valid_from=date(2026, 1, 1))
    assert _found(norm_key(CLOTH), CLOTH, newer) is newer


def test_a_norm_that_holds_no_longer_leaves_the_word_to_others() -> None:
    ended = replace(CLOTH, valid_to=date(2026, 6, 1))
    assert _found("表1", ended, TOWEL) is TOWEL
    assert _found("表1", ended) is None
    assert _found("没有", CLOTH) is None
