"""An address of a screen is shown once, kept as a hash, and leads nowhere once it has ended."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from office import make_account, the_office
from shuiheng.adapters.records.models import Account, Event, HallScreen, Role
from shuiheng.adapters.rulebook.hall_policy import hall_policy
from shuiheng.services.errors import NotPermittedError, NotThereError, ServiceError
from shuiheng.services.found_city import found_city
from shuiheng.services.halls.issue_screen import is_open, issue_screen, revoke_screen, screen_digest


@pytest.fixture
def leader(db: None) -> Account:
    """An account of the head of the office."""
    return make_account("zhao", Role.OFFICE_LEADER)


def _issue(leader: Account, name: str = "政务大厅") -> tuple[HallScreen, str]:
    issued = issue_screen(leader, the_office().place_id, name=name)
    return issued.screen, issued.token


def test_the_token_leads_to_its_screen_and_is_kept_nowhere(leader: Account) -> None:
    screen, token = _issue(leader)
    assert HallScreen.objects.get(digest=screen_digest(token)) == screen and is_open(screen)
    assert len(token) > 40 and token not in str(HallScreen.objects.values().get())
    assert not any(token in str(row) for row in Event.objects.values())


def test_an_ended_and_an_old_address_are_open_no_more(leader: Account) -> None:
    screen, _ = _issue(leader)
    assert not is_open(revoke_screen(leader, screen.pk))
    with pytest.raises(ServiceError, match=r"halls\.over"):
        revoke_screen(leader, screen.pk)
    late, _ = _issue(leader)
    late.expires_at = timezone.now() - timedelta(seconds=1)
    assert not is_open(late)
    assert Event.objects.filter(action="hall_screen.revoked").get().subject == f"hall_screen:{screen.pk}"


def test_only_who_may_release_figures_of_the_city_issues_and_ends(leader: Account) -> None:
    screen, _ = _issue(leader)
    clerk = make_account("li", Role.OFFICE_CLERK)
    for act in (lambda: _issue(clerk), lambda: revoke_screen(clerk, screen.pk)):
        with pytest.raises(NotPermittedError):
            act()
    other = found_city("远山市", slug="yuanshan", is_synthetic=True)
    with pytest.raises(NotThereError):
        issue_screen(leader, other.place_id, name="大厅")


def test_a_screen_needs_a_name_and_a_city_has_only_so_many(leader: Account) -> None:
    with pytest.raises(ServiceError, match=r"halls\.name_missing"):
        _issue(leader, "  ")
    for number in range(hall_policy().most_screens):
        _issue(leader, f"大屏{number}")
    with pytest.raises(ServiceError, match=r"halls\.too_many"):
        _issue(leader)
    revoke_screen(leader, HallScreen.objects.order_by("pk")[0].pk)
    assert _issue(leader)[0].pk
