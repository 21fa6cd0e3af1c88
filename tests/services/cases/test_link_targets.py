"""Links of targets are proposed by the published plan; what a person says goes before and is kept."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from office import make_account
from shuiheng.adapters.records.models import (
    Account,
    Event,
    PlanVersion,
    RegisterTarget,
    Role,
    TargetLinkChoice,
)
from shuiheng.adapters.rulebook.programmes import shipped_programmes
from shuiheng.programmes.kind import CountWay
from shuiheng.programmes.target_link import Served
from shuiheng.services.cases import link_targets
from shuiheng.services.cases.link_targets import (
    Chosen,
    LinkedTarget,
    choose_link,
    confirm_link,
    count_not,
    linked_targets,
)
from shuiheng.services.errors import NotPermittedError, NotThereError, ServiceError
from shuiheng.services.found_city import found_city, join
from shuiheng.services.kinds.kinds_now import FIRST_LOCAL

BUILT = Served("saving_enterprise", "built")


def one(words: str) -> LinkedTarget:
    """Return the target whose metric holds some words, with how it is counted."""
    return linked_targets([RegisterTarget.objects.select_related("plan__place").get(metric__contains=words)])[
        0
    ]


def test_a_published_plan_comes_with_proposals(published: PlanVersion) -> None:
    linked = one("节水型企业")
    assert linked.how.question is not None and linked.how.question.served == (BUILT,)
    assert not linked.is_confirmed and linked.how.basis == "metric"
    assert one("漏损率").how.question is None and one("漏损率").how.indicators == ("water_loss_rate",)


def test_a_version_of_the_city_serves_by_its_own_words(
    published: PlanVersion, monkeypatch: pytest.MonkeyPatch
) -> None:
    shipped = shipped_programmes()
    assert one("节水型企业").proposed.is_linked
    names = {"zh": "节水先进厂", "en": "Saving works"}
    own = replace(shipped["saving_enterprise"], version=FIRST_LOCAL, names=names, serves=())
    monkeypatch.setattr(link_targets, "kinds_of", lambda *_: {**shipped, own.id: own})
    served = one("节水型企业").proposed.question
    assert served is None or BUILT not in served.served
    monkeypatch.undo()
    assert one("节水型企业").how.question is not None


def test_all_targets_of_a_plan_take_few_queries(
    published: PlanVersion, django_assert_max_num_queries: object
) -> None:
    rows = RegisterTarget.objects.select_related("plan__place")
    linked_targets(rows)
    with django_assert_max_num_queries(4):  # type: ignore[operator]  # a fixture that is called
        assert len(linked_targets(rows)) == rows.count()


def test_a_word_goes_before_the_proposal_and_the_earlier_one_is_kept(
    officer: Account, published: PlanVersion
) -> None:
    key = one("节水型企业").target.pk
    confirm_link(officer, key)
    assert one("节水型企业").is_confirmed and one("节水型企业").how.question is not None
    chosen = Chosen(served=(BUILT,), level="province", way=CountWay.CUMULATIVE, since=date(2021, 1, 1))
    choose_link(officer, key, chosen, reason="只计省级")
    asked = one("节水型企业").how.question
    assert asked is not None
    assert (asked.level, asked.way, asked.since) == ("province", CountWay.CUMULATIVE, date(2021, 1, 1))
    count_not(officer, key, reason="由工信部门另行统计")
    assert one("节水型企业").is_left_out and not one("节水型企业").how.is_linked
    rows = TargetLinkChoice.objects.filter(target=key).order_by("pk")
    assert [row.verdict for row in rows] == ["confirmed", "changed", "not_counted"]
    assert [row.superseded_at is None for row in rows] == [False, False, True]
    event = Event.objects.filter(action="target.linked").order_by("-pk")[0]
    assert event.reason == "由工信部门另行统计" and event.before is not None
    assert event.before == {"state": "changed", "counts": ["saving_enterprise.built"]}


def test_what_was_confirmed_stays_when_another_version_is_read_otherwise(
    officer: Account, published: PlanVersion
) -> None:
    key = one("节水型企业").target.pk
    row = confirm_link(officer, key)
    TargetLinkChoice.objects.filter(pk=row.pk).update(
        proposed=row.proposed | {"programmes": [["model_enterprise", "awarded"]]}
    )
    asked = one("节水型企业").how.question
    assert asked is not None and asked.served == (Served("model_enterprise", "awarded"),)


@pytest.mark.parametrize(
    ("chosen", "code"),
    [
        (Chosen(), "counts.no_indicator"),
        (Chosen(indicator="nothing"), "counts.no_indicator"),
        (Chosen(served=(Served("saving_enterprise", "tons"),)), "counts.no_counting"),
        (Chosen(served=(BUILT, Served("saving_enterprise", "built_share"))), "counts.mixed"),
        (Chosen(served=(BUILT,), level="nation"), "counts.no_level"),
        (Chosen(served=(Served("retrofit", "accepted"),), way=CountWay.STANDING), "counts.no_way"),
    ],
)
def test_what_no_kind_knows_cannot_be_chosen(
    officer: Account, published: PlanVersion, chosen: Chosen, code: str
) -> None:
    with pytest.raises(ServiceError) as refused:
        choose_link(officer, one("节水型企业").target.pk, chosen)
    assert refused.value.code == code
    assert not TargetLinkChoice.objects.exists()


def test_nothing_counts_only_with_a_reason_and_nothing_proposed_is_not_confirmed(
    officer: Account, published: PlanVersion
) -> None:
    with pytest.raises(ServiceError, match=r"services\.reason_needed"):
        count_not(officer, one("节水型企业").target.pk, reason=" ")
    RegisterTarget.objects.filter(metric__contains="节水型企业").update(item="gone")
    with pytest.raises(ServiceError, match=r"counts\.nothing_proposed"):
        confirm_link(officer, one("节水型企业").target.pk)


def test_a_reader_and_the_office_of_another_city_say_nothing(
    officer: Account, reader: Account, published: PlanVersion
) -> None:
    key = one("节水型企业").target.pk
    with pytest.raises(NotPermittedError):
        confirm_link(reader, key)
    stranger = Account.objects.create(username="stranger")
    join(stranger, found_city("临江市", slug="linjiang"), Role.OFFICE_CLERK)
    with pytest.raises(NotThereError):
        confirm_link(stranger, key)
    assert make_account("clerk2", Role.OFFICE_CLERK) and confirm_link(officer, key)
