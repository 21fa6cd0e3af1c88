"""The store's names of batches lead back to the records."""

from __future__ import annotations

from shuiheng.services.readings.batch_names import batch_of_name, name_in_store, undone_name


def test_a_name_leads_back_to_its_batch_and_says_whether_it_undoes_it() -> None:
    assert batch_of_name(name_in_store(7)) == (7, False)
    assert batch_of_name(undone_name(7)) == (7, True)


def test_names_are_in_the_order_of_arrival() -> None:
    assert name_in_store(9) < name_in_store(10) < undone_name(10) < name_in_store(11)


def test_a_name_of_no_batch_leads_nowhere() -> None:
    for name in ("demo-2025-05", "batch-7", "batch-000000000007-undone-again", ""):
        assert batch_of_name(name) is None
