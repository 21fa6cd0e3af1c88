"""A screen shows on the one device that opened it, until the office opens it for another."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from office import make_account, the_office
from shuiheng.adapters.records.models import Account, Event, HallScreen, Role
from shuiheng.adapters.rulebook.hall_policy import hall_policy
from shuiheng.services.errors import NotPermittedError, NotThereError, ServiceError
from shuiheng.services.halls.bind_screen import bind_screen, may_be_bound, renew_screen, screen_for
from shuiheng.services.halls.issue_screen import IssuedScreen, issue_screen, revoke_screen


@pytest.fixture
def leader(db: None) -> Account:
    """An account of the head of the office."""
    return make_account("zhao", Role.OFFICE_LEADER)


@pytest.fixture
def issued(leader: Account) -> IssuedScreen:
    """A screen that was opened nowhere."""
    return issue_screen(leader, the_office().place_id, name="政务大厅")


def _leads_nowhere(token: str, device: str = "") -> bool:
    try:
        screen_for(token, device)
    except NotThereError:
        return True
    return False


def test_another_token_a_part_of_it_and_none_lead_nowhere(issued: IssuedScreen) -> None:
    token = issued.token
    assert not _leads_nowhere(token)
    for wrong in ("", token[:-1], token + "a", token.swapcase(), "x" * 5000):
        assert _leads_nowhere(wrong)


def test_looking_binds_nothing(issued: IssuedScreen) -> None:
    for device in ("", "robot"):
        assert screen_for(issued.token, device).device_digest is None
    assert may_be_bound(HallScreen.objects.get())


def test_the_device_that_opened_it_is_the_only_one(issued: IssuedScreen) -> None:
    device = bind_screen(issued.token, "").device
    assert screen_for(issued.token, device) == issued.screen
    for other in ("", device[:-1], device + "a", issued.token, "x" * 5000):
        assert _leads_nowhere(issued.token, other)
        with pytest.raises(NotThereError):
            bind_screen(issued.token, other)


def test_the_device_may_ask_twice_and_is_bound_once(issued: IssuedScreen) -> None:
    device = bind_screen(issued.token, "").device
    assert bind_screen(issued.token, device).device == device
    event = Event.objects.get(action="hall_screen.bound")
    assert event.actor is None and event.subject == f"hall_screen:{issued.screen.pk}"


def test_what_the_device_keeps_is_kept_nowhere_else(issued: IssuedScreen) -> None:
    device = bind_screen(issued.token, "").device
    assert len(device) > 40 and device not in str(HallScreen.objects.values().get())
    assert not any(device in str(row) for row in Event.objects.values())


def test_a_device_of_one_screen_is_not_that_of_another(leader: Account, issued: IssuedScreen) -> None:
    device = bind_screen(issued.token, "").device
    other = issue_screen(leader, the_office().place_id, name="会议室")
    bind_screen(other.token, "")
    assert _leads_nowhere(other.token, device)


def test_an_address_that_was_not_opened_in_time_leads_nowhere(issued: IssuedScreen) -> None:
    waits = timedelta(hours=hall_policy().bind_hours)
    assert issued.screen.bind_until == issued.screen.issued_at + waits
    HallScreen.objects.update(bind_until=timezone.now() - timedelta(seconds=1))
    assert _leads_nowhere(issued.token)
    with pytest.raises(NotThereError):
        bind_screen(issued.token, "")


def test_a_bound_device_goes_on_after_the_time_to_open_it(issued: IssuedScreen) -> None:
    device = bind_screen(issued.token, "").device
    HallScreen.objects.update(bind_until=timezone.now() - timedelta(seconds=1))
    assert not _leads_nowhere(issued.token, device)


def test_another_device_takes_its_place_when_the_office_says_so(
    leader: Account, issued: IssuedScreen
) -> None:
    old = bind_screen(issued.token, "").device
    HallScreen.objects.update(expires_at=timezone.now() + timedelta(days=1))
    renewed = renew_screen(leader, issued.screen.pk)
    assert renewed.expires_at > timezone.now() + timedelta(days=hall_policy().days - 1)
    new = bind_screen(issued.token, old).device
    assert new != old and _leads_nowhere(issued.token, old) and not _leads_nowhere(issued.token, new)
    assert Event.objects.get(action="hall_screen.renewed").actor == leader


def test_an_ended_and_an_old_screen_lead_nowhere_on_their_own_device(
    leader: Account, issued: IssuedScreen
) -> None:
    device = bind_screen(issued.token, "").device
    late = issue_screen(leader, the_office().place_id, name="会议室")
    own = bind_screen(late.token, "").device
    HallScreen.objects.filter(pk=late.screen.pk).update(expires_at=timezone.now() - timedelta(seconds=1))
    revoke_screen(leader, issued.screen.pk)
    assert _leads_nowhere(issued.token, device) and _leads_nowhere(late.token, own)
    for screen in (issued.screen, late.screen):
        with pytest.raises(ServiceError, match=r"halls\.over"):
            renew_screen(leader, screen.pk)


def test_only_who_may_release_figures_of_the_city_renews(issued: IssuedScreen) -> None:
    with pytest.raises(NotPermittedError):
        renew_screen(make_account("li", Role.OFFICE_CLERK), issued.screen.pk)
