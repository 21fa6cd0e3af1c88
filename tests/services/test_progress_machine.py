"""Reports move as a small model says, whatever people try in whatever order (T11)."""

from __future__ import annotations

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from services.reporting import Reporting, make_reporting
from shuiheng.adapters.records.models import Account, Event, Progress, ProgressState, ProgressStep
from shuiheng.services import file_progress as filing
from shuiheng.services.errors import ServiceError
from shuiheng.services.file_progress import file_progress, withdraw_filing
from shuiheng.services.freeze_period import freeze_period, reopen_period
from shuiheng.services.progress_content import content_json, content_of
from shuiheng.services.review_progress import (
    accept_progress,
    check_progress,
    reopen_progress,
    return_progress,
    review_progress,
)

UNIT = ("clerk", "colleague")
PEOPLE = ("clerk", "colleague", "checker", "stranger", "officer", "reviewer", "leader")
MAY = {
    "save": set(UNIT),
    "file": set(UNIT),
    "withdraw": set(UNIT),
    "check": {"colleague", "checker"},
    "review": {"officer", "reviewer"},
    "accept": {"reviewer", "leader"},
    "return_filed": {"colleague", "checker", "officer", "reviewer"},
    "return_reviewed": {"officer", "reviewer", "leader"},
    "reopen": {"reviewer", "leader"},
    "freeze": {"leader"},
}


class ReportMachine(RuleBasedStateMachine):
    """One report of one unit, tried by seven people; the model is a handful of plain fields."""

    def __init__(self) -> None:
        super().__init__()
        self.undo = transaction.atomic()
        self.undo.__enter__()
        self.city: Reporting = make_reporting()
        self.state = ""
        self.text = ""
        self.filer = ""
        self.revision = 0
        self.is_frozen = False
        self.was_frozen = False
        self.period_moves = 0
        self.events = self._events()

    def _events(self) -> int:
        """Return how many events there are of what people did; messages that follow tell of themselves."""
        return Event.objects.exclude(action="message.written").count()

    def teardown(self) -> None:
        """Forget everything that was written."""
        transaction.set_rollback(True)
        self.undo.__exit__(None, None, None)

    def _who(self, name: str) -> Account:
        return Account.objects.get(pk=getattr(self.city, name).pk)

    def _row(self) -> Progress:
        return Progress.objects.select_related("period").get(task=self.city.task)

    def _is_closed(self) -> bool:
        return self.is_frozen and not self.was_frozen

    def _tried(self, is_expected: bool, act: object, *args: object, **words: object) -> bool:
        """Do something in a savepoint; it must succeed exactly when the model says so."""
        try:
            with transaction.atomic():
                act(*args, **words)  # type: ignore[operator]  # a service
        except ServiceError as error:
            assert not is_expected, error
            return False
        assert is_expected
        return True

    @initialize()
    def begin(self) -> None:
        """The clerk writes first."""
        self.city.save(text="甲")
        self.state, self.text, self.revision = "draft", "甲", 1

    @rule(name=st.sampled_from(PEOPLE), text=st.sampled_from(["", "甲", "乙"]))
    def save(self, name: str, text: str) -> None:
        """Somebody writes; the same words change nothing, in whatever state."""
        is_same = text == self.text
        is_open = self.state in ("draft", "returned") and not self._is_closed()
        if self._tried(
            name in MAY["save"] and (is_same or is_open), self.city.save, self._who(name), text=text
        ):
            self.revision += not is_same
            self.text = text

    def _step(
        self, act: object, name: str, *, right: str, froms: tuple[str, ...], to: str, **words: str
    ) -> bool:
        is_expected = name in MAY[right] and self.state in froms and not self._is_closed()
        if right in ("check", "review", "accept"):
            is_expected = is_expected and name != self.filer
        if right == "file":
            is_expected = is_expected and self.text != ""
        if not self._tried(is_expected, act, self._who(name), self._row().pk, **words):
            return False
        self.state, self.revision = to, self.revision + 1
        return True

    @rule(count=st.integers(1, 4))
    def go_on(self, count: int) -> None:
        """Those whose turn it is take the next steps, so that histories get far."""
        for _ in range(count):
            if self.state in ("draft", "returned"):
                self.save("clerk", "乙")
                self.file("clerk")
            elif self.state == "filed":
                self.review("officer")
            elif self.state == "reviewed":
                self.accept("reviewer")
            elif self.state == "accepted":
                self.freeze("leader")
            else:
                self.reopen("leader")

    @rule(name=st.sampled_from(PEOPLE))
    def file(self, name: str) -> None:
        """Somebody files."""
        if self._step(file_progress, name, right="file", froms=("draft", "returned"), to="filed"):
            self.filer = name

    @rule(name=st.sampled_from(PEOPLE))
    def withdraw(self, name: str) -> None:
        """Somebody takes the filing back."""
        self._step(withdraw_filing, name, right="withdraw", froms=("filed",), to="draft")

    @rule(name=st.sampled_from(PEOPLE))
    def check(self, name: str) -> None:
        """Somebody of the unit checks."""
        self._step(check_progress, name, right="check", froms=("filed",), to="filed")

    @rule(name=st.sampled_from(PEOPLE))
    def review(self, name: str) -> None:
        """Somebody reviews."""
        self._step(review_progress, name, right="review", froms=("filed",), to="reviewed")

    @rule(name=st.sampled_from(PEOPLE))
    def accept(self, name: str) -> None:
        """Somebody accepts; in a frozen period the report is frozen at once."""
        if (
            self._step(accept_progress, name, right="accept", froms=("reviewed",), to="accepted")
            and self.is_frozen
        ):
            self.state, self.revision, self.was_frozen = "frozen", self.revision + 1, True

    @rule(name=st.sampled_from(PEOPLE), reason=st.sampled_from(["", "数据不实"]))
    def send_back(self, name: str, reason: str) -> None:
        """Somebody returns it, with a reason or without."""
        right = "return_reviewed" if self.state == "reviewed" else "return_filed"
        if reason:
            self._step(
                return_progress, name, right=right, froms=("filed", "reviewed"), to="returned", reason=reason
            )
        else:
            self._tried(False, return_progress, self._who(name), self._row().pk, reason=reason)

    @rule(name=st.sampled_from(PEOPLE))
    def reopen(self, name: str) -> None:
        """Somebody opens it again; a frozen period does not stop that."""
        is_expected = name in MAY["reopen"] and self.state in ("accepted", "frozen")
        if self._tried(is_expected, reopen_progress, self._who(name), self._row().pk, reason="更正"):
            self.state, self.revision = "returned", self.revision + 1

    @rule(name=st.sampled_from(PEOPLE))
    def freeze(self, name: str) -> None:
        """Somebody freezes the period."""
        in_work = self.state in ("filed", "reviewed")
        is_expected = name in MAY["freeze"] and not self.is_frozen and not in_work
        if self._tried(is_expected, freeze_period, self._who(name), self.city.period.pk):
            self.is_frozen = True
            self.period_moves += 1
            if self.state == "accepted":
                self.state, self.revision, self.was_frozen = "frozen", self.revision + 1, True

    @rule(name=st.sampled_from(PEOPLE))
    def thaw(self, name: str) -> None:
        """Somebody opens the period again."""
        if self._tried(
            name in MAY["freeze"], reopen_period, self._who(name), self.city.period.pk, reason="补报"
        ):
            self.period_moves += self.is_frozen
            self.is_frozen = False

    @invariant()
    def rows_say_what_the_model_says(self) -> None:
        """State, words and revision are the model's; each revision has its step and its event."""
        row = Progress.objects.filter(task=self.city.task).first()
        if row is None:
            return
        assert (row.state, row.done_text, row.revision) == (self.state, self.text, self.revision)
        steps = list(ProgressStep.objects.filter(progress=row).order_by("revision"))
        assert [step.revision for step in steps] == list(range(1, self.revision + 1))
        assert steps[-1].content == content_json(content_of(row))
        assert steps[-1].to_state == row.state
        assert self._events() == self.events + self.revision + self.period_moves

    @invariant()
    def nobody_passed_their_own_report(self) -> None:
        """Filer and reviewers differ; who passed it is named exactly while it counts."""
        row = Progress.objects.filter(task=self.city.task).first()
        if row is None or row.filed_by_id is None:
            return
        assert row.filed_by_id not in (row.reviewed_by_id, row.accepted_by_id, row.checked_by_id)
        is_passed = row.state in (ProgressState.REVIEWED, ProgressState.ACCEPTED, ProgressState.FROZEN)
        assert (row.reviewed_by_id is not None) == is_passed


def _run(count: int) -> None:
    chosen = settings(
        max_examples=count,
        stateful_step_count=50,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    run_state_machine_as_test(ReportMachine, settings=chosen)


@pytest.mark.django_db
def test_a_report_moves_as_the_model_says() -> None:
    _run(12)


@pytest.mark.django_db
def test_a_forgotten_check_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(filing, "refuse_empty", lambda progress: None)
    machine = ReportMachine()
    try:
        machine.begin()
        machine.save("clerk", "")
        with pytest.raises(AssertionError):
            machine.file("clerk")
    finally:
        machine.teardown()


@pytest.mark.nightly
@pytest.mark.django_db
def test_a_report_moves_as_the_model_says_in_thousands_of_histories() -> None:
    _run(2000)
