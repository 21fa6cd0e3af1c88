"""Cases by workbook: checked first, taken in by a second person, undone as a whole, sent out and back."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.utils import timezone

from office import make_account
from services.cases.books import KIND, OPENED, a_book, a_done_row, a_row
from services.cases.made_up import CaseCity, bring_on
from shuiheng.adapters.records.models import (
    Account,
    CaseBatch,
    CaseEvidence,
    Job,
    Organisation,
    ProgrammeCase,
    Role,
)
from shuiheng.adapters.workbooks import Stamp, read_workbook, write_template
from shuiheng.services.cases import case_book
from shuiheng.services.cases.case_batches import undo_batch
from shuiheng.services.cases.case_book import case_workbook, marked_cases, receive_cases, take_cases
from shuiheng.services.cases.case_jobs import work_on_batch
from shuiheng.services.cases.keep_case import state_of
from shuiheng.services.errors import EmptyFileError, NotPermittedError, ServiceError, WrongStateError
from shuiheng.services.found_city import join
from shuiheng.services.rules.norm_form import NORMS

pytestmark = pytest.mark.django_db


def _send(city: CaseCity, *rows: dict[str, object]) -> CaseBatch:
    return receive_cases(city.clerk, content=a_book(*rows), name="小区.xlsx")


def _codes(batch: CaseBatch) -> list[tuple[str, str]]:
    return [(each["code"], each["heading"]) for each in batch.content["findings"]]


def test_forty_compounds_come_in_as_one_batch(city: CaseCity) -> None:
    batch = _send(city, *(a_row(f"{number}号小区") for number in range(40)))
    assert (batch.state, batch.content["new"], batch.content["errors"]) == ("checked", 40, 0)
    assert not ProgrammeCase.objects.exists()
    taken = take_cases(city.clerk, batch.pk)
    rows = ProgrammeCase.objects.filter(batch=taken)
    assert rows.count() == 40
    assert set(rows.values_list("phase", "level", "opened_on", "district__name")) == {
        ("planned", "city", OPENED, "东河区")
    }


def test_what_has_ended_comes_in_with_its_papers_by_a_second_person(city: CaseCity) -> None:
    batch = _send(city, a_done_row())
    assert _codes(batch) == []
    with pytest.raises(ServiceError) as refused:
        take_cases(city.clerk, batch.pk)
    assert refused.value.code == "case_batches.own_workbook"
    take_cases(city.reviewer, batch.pk)
    row = ProgrammeCase.objects.get(batch=batch)
    assert (row.phase, row.reached_level, row.reached_on) == ("reached", "city", date(2025, 6, 10))
    assert (row.number, row.valid_until) == ("青节〔2025〕青禾花园", date(2028, 6, 10))
    assert (row.score_lowest, row.score_highest) == (row.score_highest, row.score_lowest)
    state = state_of(row)  # its events come to what is kept
    assert (state.phase.value, state.level, len(state.ended)) == ("reached", "city", 5)
    papers = CaseEvidence.objects.filter(case=row)
    assert {(each.is_paper, each.title) for each in papers} == {(True, "档案室 2025-节-12")}
    assert all(each.reviewed_by == city.reviewer for each in papers if each.is_accepted)


@pytest.mark.parametrize(
    ("changed", "code", "heading"),
    [
        ({"score": None}, "programmes.below_mark", "评分"),
        ({"score": 79}, "programmes.below_mark", "评分"),
        ({"number": None}, "programmes.word_missing", "证书或文件编号"),
        ({"paper": None}, "case_batches.no_paper", "纸质材料存放处"),
        ({"published_publicity": None}, "programmes.publication_missing", "公示起始日期"),
        ({"ended_review": None}, "programmes.step_not_open", "现场评审办结日期"),
        ({"ended_visit": date(2025, 4, 10)}, "programmes.day_order", "现场评审办结日期"),
        ({"user": "999998"}, "case_batches.no_user", "台账户号"),
        ({"case": "999999"}, "case_batches.no_case", "事项编号"),
    ],
)
def test_a_fault_is_told_with_its_cell(
    city: CaseCity, changed: dict[str, object], code: str, heading: str
) -> None:
    batch = _send(city, a_done_row(**changed))
    assert _codes(batch) == [(code, heading)]
    with pytest.raises(ServiceError) as refused:
        take_cases(city.reviewer, batch.pk)
    assert refused.value.code == "ledger_book.barred"
    name, content = marked_cases(city.clerk, batch.pk)
    assert name == "小区_校验结果.xlsx"
    assert content != a_book(a_done_row(**changed))


def test_a_day_ahead_and_a_district_of_nobody_are_faults(city: CaseCity) -> None:
    ahead = timezone.localdate() + timedelta(days=1)
    assert _codes(_send(city, a_row(opened_on=ahead))) == [("cases.future_day", "立项日期")]
    assert _codes(_send(city, a_row(district="海外区")))[0][1] == "区县"


def test_the_same_certificate_twice_is_a_fault(city: CaseCity) -> None:
    batch = _send(city, a_done_row("甲小区", number="一号"), a_done_row("乙小区", number="一号"))
    assert _codes(batch) == [("cases.number_taken", "证书或文件编号")]


def test_a_user_of_the_ledger_is_linked_and_counts_once(city: CaseCity) -> None:
    user = city.user("青禾花园", use_class="residential")
    take_cases(city.clerk, _send(city, a_row(user=user.number)).pk)
    row = ProgrammeCase.objects.get()
    assert (row.user, row.organisation, row.subject_key) == (user, user.organisation, f"user:{user.pk}")
    again = _send(city, a_row("青禾花园小区", user=user.number, opened_on=date(2025, 9, 1)))
    assert _codes(again) == [("cases.running", "对象名称")]


def test_the_same_file_and_the_same_rows_bring_nothing_twice(city: CaseCity) -> None:
    content = a_book(a_row())
    first = receive_cases(city.clerk, content=content, name="小区.xlsx")
    assert receive_cases(city.clerk, content=content, name="小区.xlsx").pk == first.pk
    take_cases(city.clerk, first.pk)
    second = receive_cases(city.clerk, content=content, name="小区.xlsx")
    assert (second.content["new"], second.content["same"]) == (0, 1)
    with pytest.raises(ServiceError) as refused:
        take_cases(city.clerk, second.pk)
    assert refused.value.code == "ledger_book.nothing"
    with pytest.raises(WrongStateError):
        take_cases(city.clerk, first.pk)


def test_a_batch_with_titles_is_undone_as_a_whole_and_can_come_again(city: CaseCity) -> None:
    batch = take_cases(city.reviewer, _send(city, a_done_row(), a_row("乙小区")).pk)
    undo_batch(city.clerk, batch.pk, reason="导错文件")
    assert set(batch.cases.values_list("phase", "number")) == {("withdrawn", "")}
    again = take_cases(city.reviewer, _send(city, a_done_row(), a_row("乙小区")).pk)
    assert again.cases.count() == 2


def test_a_batch_in_which_something_happened_is_not_undone(city: CaseCity) -> None:
    batch = take_cases(city.clerk, _send(city, a_row(), a_row("乙小区")).pk)
    bring_on(city, batch.cases.first(), until="apply")
    with pytest.raises(ServiceError) as refused:
        undo_batch(city.clerk, batch.pk, reason="导错文件")
    assert refused.value.code == "case_batches.in_use"


def test_what_went_out_comes_back_without_a_change(city: CaseCity) -> None:
    city.user("甲小区", use_class="residential")
    take_cases(city.reviewer, _send(city, a_done_row(), a_row("乙小区")).pk)
    name, content = case_workbook(city.clerk, KIND, ProgrammeCase.objects.order_by("pk"))
    assert name.startswith("青禾市_节水型居民小区_") and read_workbook(content, name=name).sheets
    back = receive_cases(city.clerk, content=content, name=name)
    assert (_codes(back), back.content["new"], back.content["same"]) == ([], 0, 2)


def test_a_standing_case_is_not_changed_by_a_workbook(city: CaseCity) -> None:
    take_cases(city.clerk, _send(city, a_row()).pk)
    row = ProgrammeCase.objects.get()
    assert _codes(_send(city, a_row("改名小区", case=str(row.pk)))) == [
        ("case_batches.changed_row", "对象名称")
    ]


@pytest.mark.parametrize("named", ["0", "C1", "9" * 20])
def test_a_case_that_is_not_there_is_not_named(city: CaseCity, named: str) -> None:
    assert _codes(_send(city, a_row(case=named))) == [("case_batches.no_case", "事项编号")]


def test_a_large_workbook_is_taken_in_by_the_worker(city: CaseCity, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(case_book, "IN_BACKGROUND", 1)
    batch = _send(city, a_row("甲小区"), a_row("乙小区"))
    assert take_cases(city.clerk, batch.pk).state == "queued"
    work_on_batch(Job.objects.get().pk)
    batch.refresh_from_db()
    assert (batch.state, batch.cases.count()) == ("taken", 2)


def test_a_workbook_that_no_longer_fits_goes_back_to_be_looked_at(
    city: CaseCity, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(case_book, "IN_BACKGROUND", 0)
    batch = take_cases(city.clerk, _send(city, a_row()).pk)
    city.open(KIND, "青禾花园", sort="place")
    work_on_batch(Job.objects.get().pk)
    batch.refresh_from_db()
    assert (batch.state, Job.objects.get().error_code) == ("checked", "ledger_book.barred")


def test_a_district_imports_its_own_compounds_and_its_reviewer_takes_them_in(city: CaseCity) -> None:
    unit = Organisation.objects.create(
        slug="east-water", name="东河区水利局", kind="bureau", place=city.district
    )
    people = [Account.objects.create(username=name) for name in ("east", "east-head")]
    for person, role in zip(people, (Role.DISTRICT_CLERK, Role.DISTRICT_REVIEWER), strict=True):
        join(person, unit, role)
    rows = [a_done_row(f"{number}号小区") for number in range(3)]
    batch = receive_cases(people[0], content=a_book(*rows), name="小区.xlsx")
    assert _codes(batch) == []
    taken = take_cases(people[1], batch.pk)
    assert set(taken.cases.values_list("phase", "district__name")) == {("reached", "东河区")}
    foreign = receive_cases(people[0], content=a_book(a_row(district="西山区")), name="西山.xlsx")
    assert [heading for _, heading in _codes(foreign)] == ["区县"]
    of_city = city.open(KIND, "市直小区", sort="place", district=city.metered.place.pk)
    probed = receive_cases(people[0], content=a_book(a_row(case=str(of_city.pk))), name="探问.xlsx")
    assert _codes(probed) == [("case_batches.no_case", "事项编号")]
    assert undo_batch(people[0], batch.pk, reason="导错").state == "undone"


def test_the_sheet_tells_the_kind(city: CaseCity) -> None:
    batch = receive_cases(city.clerk, content=a_book(a_row("甲校"), kind="saving_school"), name="学校.xlsx")
    assert batch.kind == "saving_school"
    stamp = Stamp(unit="市水利局", period="2026", issued_at="2026-01-01T08:00:00+08:00")
    with pytest.raises(ServiceError) as refused:
        receive_cases(city.clerk, content=write_template(NORMS, stamp=stamp), name="定额.xlsx")
    assert (refused.value.code, "用水定额" in refused.value.values["sheets"]) == (
        "case_batches.no_sheet",
        True,
    )


def test_nothing_and_nobody(city: CaseCity) -> None:
    with pytest.raises(EmptyFileError):
        receive_cases(city.clerk, content=b"", name="空.xlsx")
    with pytest.raises(NotPermittedError):
        receive_cases(make_account("wang", Role.READER), content=a_book(a_row()), name="小区.xlsx")
