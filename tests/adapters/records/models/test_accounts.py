"""What the database refuses on accounts."""

from __future__ import annotations

from datetime import date

from access.rows import Rows
from shuiheng.adapters.records.models import Account, ExternalIdentity, Membership, SavedFilter

from .refusals import breaks


def test_no_account_stands_above_the_rights(rows: Rows) -> None:
    account = Account.objects.filter(pk=rows.row(Account).pk)
    breaks("no_superuser", lambda: account.update(is_superuser=True))
    breaks("no_superuser", lambda: account.update(is_staff=True))


def test_a_role_is_held_once_at_a_time(rows: Rows) -> None:
    breaks("role_held_once", lambda: rows.make(Membership))
    Membership.objects.filter(pk=rows.row(Membership).pk).update(to_on=date(2026, 5, 1))
    assert rows.make(Membership).pk


def test_a_name_at_a_provider_is_one_account(rows: Rows) -> None:
    breaks("one_account_per_subject", lambda: rows.make(ExternalIdentity))


def test_a_filter_has_a_name_of_its_own_on_a_page(rows: Rows) -> None:
    breaks("one_filter_per_name", lambda: rows.make(SavedFilter))
    assert rows.make(SavedFilter, name="另一个").pk


def test_an_account_is_shown_by_its_display_name_or_else_its_user_name() -> None:
    assert Account(username="li", display_name="李工").shown_name == "李工"
    assert Account(username="li").shown_name == "li"
