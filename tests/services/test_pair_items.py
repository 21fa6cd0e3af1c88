"""Pairing the items of two versions."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from shuiheng.services.pair_items import Known, pair_items


def known(key: str, text: str, *, item: str = "", path: str = "", is_live: bool = True) -> Known:
    return Known(key=key, item=item, words=(text,), path=path, is_live=is_live)


def test_the_same_words_are_the_same_item_under_another_id() -> None:
    old = [known("a", "推进灌区节水改造。", item="T1"), known("b", "完善计量设施。", item="T2")]
    new = [known("x", "完善计量设施", item="T1"), known("y", "推进灌区节水改造", item="T2")]
    assert pair_items(new, old) == {"x": "b", "y": "a"}


def test_words_that_were_edited_are_still_the_same_item() -> None:
    old = [known("a", "到2026年完成灌区续建配套改造4处"), known("b", "建立节水宣传教育基地")]
    new = [known("x", "到2027年完成灌区续建配套改造6处")]
    assert pair_items(new, old) == {"x": "a"}


def test_other_words_under_the_same_id_are_another_item() -> None:
    old = [known("a", "推进灌区节水改造", item="T1")]
    new = [known("x", "严格计划用水管理", item="T1")]
    assert pair_items(new, old) == {}


def test_twins_are_told_apart_by_their_headings() -> None:
    old = [known("a", "加强宣传", path="农业"), known("b", "加强宣传", path="工业")]
    new = [known("x", "加强宣传", path="工业"), known("y", "加强宣传", path="农业")]
    assert pair_items(new, old) == {"x": "b", "y": "a"}


def test_what_is_in_force_goes_before_what_was_withdrawn() -> None:
    old = [known("a", "加强宣传", is_live=False), known("b", "加强宣传")]
    assert pair_items([known("x", "加强宣传")], old) == {"x": "b"}


TEXTS = st.lists(
    st.text(alphabet="水利用节定额管网改造计量", min_size=4, max_size=12), min_size=0, max_size=6, unique=True
)


@given(old=TEXTS, new=TEXTS, shift=st.randoms(use_true_random=False))
def test_the_order_of_what_stood_before_does_not_matter(
    old: list[str], new: list[str], shift: object
) -> None:
    standing = [known(f"o{at}", text) for at, text in enumerate(old)]
    wanted = [known(f"n{at}", text) for at, text in enumerate(new)]
    mixed = list(standing)
    shift.shuffle(mixed)  # type: ignore[attr-defined]  # a Random of hypothesis
    pairs = pair_items(wanted, standing)
    assert pair_items(wanted, mixed) == pairs
    assert len(set(pairs.values())) == len(pairs)


@given(texts=TEXTS)
def test_a_version_paired_with_itself_changes_nothing(texts: list[str]) -> None:
    items = [known(f"k{at}", text, item=f"T{at}") for at, text in enumerate(texts)]
    assert pair_items(items, items) == {each.key: each.key for each in items}
