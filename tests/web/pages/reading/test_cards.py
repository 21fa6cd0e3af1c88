"""Cards of the structure pane."""

from __future__ import annotations

from shuiheng.adapters.records.models import Account, PlanVersion
from shuiheng.plans.decide import DecisionKind, ItemKind
from shuiheng.services.decide_item import ItemChoice, decide_item
from shuiheng.services.plan_at_work import plan_at_work
from shuiheng.web.pages.reading.cards import TABS, CardBox
from shuiheng.web.pages.reading.marks import marks_of


def test_every_tab_holds_as_many_cards_as_it_counts(ready: PlanVersion) -> None:
    box = CardBox(work=plan_at_work(ready))
    counts = box.counts()
    assert {tab: len(box.tab(tab)) for tab in TABS} == counts
    assert counts["tasks"] == 4 and counts["doubts"] > 0


def test_every_card_is_found_by_its_token(ready: PlanVersion) -> None:
    box = CardBox(work=plan_at_work(ready))
    for tab in TABS:
        for card in box.tab(tab):
            found = box.find(card.token)
            assert found is not None and found.item == card.item


def test_every_mark_of_the_text_leads_to_a_card(ready: PlanVersion) -> None:
    work = plan_at_work(ready)
    box = CardBox(work=work)
    tokens = {token for mark in marks_of(work.decided.plan) for token in mark.tokens}
    assert tokens and all(box.find(token) for token in tokens)


def test_a_rejected_item_moves_to_the_removed_ones(officer: Account, ready: PlanVersion) -> None:
    item = plan_at_work(ready).compiled.targets[0].id
    decide_item(officer, ready.pk, ItemChoice(kind=DecisionKind.REJECT, item_kind=ItemKind.TARGET, item=item))
    box = CardBox(work=plan_at_work(ready))
    removed = box.tab("removed")
    assert [card.item.id for card in removed] == [item]
    assert removed[0].is_out and removed[0].state == "rejected"


def test_neighbours_are_of_the_same_sort_and_nearest_first(ready: PlanVersion) -> None:
    box = CardBox(work=plan_at_work(ready))
    card = box.tab("targets")[0]
    others = box.neighbours(card, 3)
    assert card.item.id not in {other.item.id for other in others}
    distances = [abs(other.item.span.start - card.item.span.start) for other in others]
    assert distances == sorted(distances)
