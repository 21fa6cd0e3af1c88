"""What can be wrong with an event of a case, or with a question about one."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal


class CaseError(ValueError):
    """A case cannot take an event; `code` names the cause and `values` fill its sentence."""

    code = "programmes.error"

    def __init__(self, says: str, **values: str) -> None:
        super().__init__(f"{self.code}: {says}")
        self.values = values


class UnknownStepError(CaseError):
    """The kind has no such step."""

    code = "programmes.unknown_step"

    def __init__(self, kind: str, step: str) -> None:
        super().__init__(f"{kind} has no step {step!r}. Use one of its steps.", kind=kind, step=step)


class NotOpenedError(CaseError):
    """The first event of a case is not its opening, or it is opened twice."""

    code = "programmes.not_opened"

    def __init__(self, event: str) -> None:
        super().__init__(f"{event} is not the opening of a case, or a second one. Open it once.", event=event)


class NotOpenOnDayError(CaseError):
    """Cases cannot be opened under this version of the kind on the day."""

    code = "programmes.kind_not_open"

    def __init__(self, kind: str, on: date) -> None:
        super().__init__(
            f"no case of {kind} can be opened on {on}. Use the version of that day.",
            kind=kind,
            on=on.isoformat(),
        )


class ClosedCaseError(CaseError):
    """A case has ended, so that this can no longer happen to it, or has not got so far."""

    code = "programmes.wrong_phase"

    def __init__(self, event: str, phase: str) -> None:
        super().__init__(
            f"{event} is not possible while the case is {phase}. Open a new case, or wait for the award.",
            event=event,
            phase=phase,
        )


class StepNotOpenError(CaseError):
    """A step waits for others, or has ended already."""

    code = "programmes.step_not_open"

    def __init__(self, step: str, waits_for: Iterable[str]) -> None:
        named = ", ".join(waits_for)
        why = (
            f"waits for {named}. End them first" if named else "has ended. It opens again when it is returned"
        )
        super().__init__(f"step {step} {why}.", step=step, waits_for=named)


class WrongActorError(CaseError):
    """Somebody ends a step who may not."""

    code = "programmes.wrong_actor"

    def __init__(self, step: str, actor: str, who: Iterable[str]) -> None:
        named = ", ".join(who)
        super().__init__(
            f"{actor!r} may not end step {step}. One of these may: {named}.",
            step=step,
            actor=actor,
            who=named,
        )


class SamePersonError(CaseError):
    """One person does what two have to do."""

    code = "programmes.same_person"

    def __init__(self, step: str, person: str) -> None:
        super().__init__(
            f"{person} has done what {step} has to look at. Another person must do it.",
            step=step,
            person=person,
        )


class BadOutcomeError(CaseError):
    """A step cannot end in this way."""

    code = "programmes.bad_outcome"

    def __init__(self, step: str, outcome: str, possible: Iterable[str]) -> None:
        named = ", ".join(sorted(possible))
        super().__init__(
            f"step {step} cannot end with {outcome}. Use one of: {named}.",
            step=step,
            outcome=outcome,
            possible=named,
        )


class MissingEvidenceError(CaseError):
    """A step has not the evidence that it needs.

    Attributes:
        needs: Kinds of evidence of which some is missing or not yet accepted.
    """

    code = "programmes.evidence_missing"

    def __init__(self, step: str, needs: Iterable[str]) -> None:
        self.needs = tuple(needs)
        named = ", ".join(self.needs)
        super().__init__(
            f"step {step} lacks evidence: {named}. Add it, or have a second person accept it.",
            step=step,
            needs=named,
        )


class EvidenceExistsError(CaseError):
    """Evidence has the key of another piece."""

    code = "programmes.evidence_exists"

    def __init__(self, key: str) -> None:
        super().__init__(f"evidence {key} is there already. Give it a key of its own.", key=key)


class UnknownEvidenceError(CaseError):
    """Evidence that is looked at does not exist."""

    code = "programmes.evidence_unknown"

    def __init__(self, key: str) -> None:
        super().__init__(f"there is no evidence {key}. Add it first.", key=key)


class SettledEvidenceError(CaseError):
    """Evidence was accepted or rejected already."""

    code = "programmes.evidence_settled"

    def __init__(self, key: str) -> None:
        super().__init__(f"evidence {key} was looked at already. Add a new piece.", key=key)


class MissingWordError(CaseError):
    """A step lacks a word that it needs: a reason, the number of the certificate, a level.

    Args:
        step: The step or event.
        word: `reason`, `number` or `level`.
    """

    code = "programmes.word_missing"

    def __init__(self, step: str, word: str) -> None:
        super().__init__(f"{step} needs a {word}. Give it.", step=step, word=word)


class UnknownReasonError(CaseError):
    """A result is taken away for a reason that its kind does not name."""

    code = "programmes.unknown_reason"

    def __init__(self, reason: str, possible: Iterable[str]) -> None:
        named = ", ".join(possible) or "none"
        super().__init__(
            f"{reason!r} is no reason for revocation. Possible: {named}.", reason=reason, possible=named
        )


class BelowMarkError(CaseError):
    """The score does not reach the pass mark, or is not known to."""

    code = "programmes.below_mark"

    def __init__(self, step: str) -> None:
        super().__init__(
            f"the score does not surely reach the mark, so step {step} cannot go on. "
            "Find what is missing, return the case or refuse it.",
            step=step,
        )


class PublicationError(CaseError):
    """A publication or an objection cannot be what it is said to be."""


class NoPublicationError(PublicationError):
    """A step that lays nothing open is published."""

    code = "programmes.publication_none"

    def __init__(self, step: str) -> None:
        super().__init__(f"step {step} is no publication. Name the step that is.", step=step)


class NotPublishedError(PublicationError):
    """A publication ends that was never laid open."""

    code = "programmes.publication_missing"

    def __init__(self, step: str) -> None:
        super().__init__(f"step {step} was not laid open. Publish it first.", step=step)


class PublishedTwiceError(PublicationError):
    """A result lies open already."""

    code = "programmes.publication_twice"

    def __init__(self, step: str) -> None:
        super().__init__(f"step {step} lies open already. Wait for its end.", step=step)


class StillPublishedError(PublicationError):
    """The time for objections has not passed."""

    code = "programmes.publication_runs"

    def __init__(self, step: str, until: date) -> None:
        super().__init__(
            f"step {step} lies open until {until.isoformat()}. End it on a later day.",
            step=step,
            until=until.isoformat(),
        )


class ObjectionLeftError(PublicationError):
    """An objection is still open."""

    code = "programmes.objection_left"

    def __init__(self, step: str) -> None:
        super().__init__(f"step {step} has an open objection. Settle it first.", step=step)


class ObjectionUpheldError(PublicationError):
    """An objection was upheld, so that the case cannot go on."""

    code = "programmes.objection_upheld"

    def __init__(self, step: str) -> None:
        super().__init__(f"an objection to step {step} was upheld. Refuse or return the case.", step=step)


class ObjectionLateError(PublicationError):
    """An objection comes while nothing lies open."""

    code = "programmes.objection_late"

    def __init__(self, key: str, on: date) -> None:
        super().__init__(
            f"no result lies open on {on.isoformat()} for objection {key}. Take it as a public report.",
            key=key,
            on=on.isoformat(),
        )


class ObjectionExistsError(PublicationError):
    """An objection has the key of another one."""

    code = "programmes.objection_exists"

    def __init__(self, key: str) -> None:
        super().__init__(f"objection {key} is there already. Give it a key of its own.", key=key)


class NoObjectionError(PublicationError):
    """An objection that is settled does not exist or was settled already."""

    code = "programmes.objection_unknown"

    def __init__(self, key: str) -> None:
        super().__init__(f"there is no open objection {key}. Look at the list of objections.", key=key)


class LevelError(CaseError):
    """A level does not exist, or is not above the one that was reached."""

    code = "programmes.bad_level"

    def __init__(self, level: str, possible: Iterable[str]) -> None:
        named = ", ".join(possible) or "none"
        super().__init__(f"level {level!r} cannot be given. Possible: {named}.", level=level, possible=named)


class AmountError(CaseError):
    """An amount is not one that the kind measures, or is below 0."""

    code = "programmes.bad_amount"

    def __init__(self, measure: str, possible: Iterable[str]) -> None:
        named = ", ".join(possible) or "none"
        super().__init__(
            f"amount {measure} is unknown or below 0. Measures of the kind: {named}.",
            measure=measure,
            possible=named,
        )


class DayOrderError(CaseError):
    """An event lies before what it rests on."""

    code = "programmes.day_order"

    def __init__(self, event: str, on: date, earliest: date) -> None:
        super().__init__(
            f"{event} cannot be on {on}: what it rests on was on {earliest}. Mend the day.",
            event=event,
            on=on.isoformat(),
            earliest=earliest.isoformat(),
        )


class FrozenPeriodError(CaseError):
    """An event lies in a period that has been reported and is closed."""

    code = "programmes.frozen_period"

    def __init__(self, event: str, on: date, until: date) -> None:
        super().__init__(
            f"{event} on {on} would change the period frozen until {until}. Give a later day.",
            event=event,
            on=on.isoformat(),
            until=until.isoformat(),
        )


class NothingAskedError(CaseError):
    """No criterion concerns a subject, so that it has no score."""

    code = "programmes.nothing_asked"

    def __init__(self, kind: str, on: date) -> None:
        super().__init__(
            f"no criterion of {kind} concerns the subject on {on}. Look at whom its criteria concern.",
            kind=kind,
            on=on.isoformat(),
        )


class BadPointsError(CaseError):
    """Somebody gave less than nothing or more than a criterion has."""

    code = "programmes.bad_points"

    def __init__(self, criterion: str, given: Decimal, most: Decimal) -> None:
        super().__init__(
            f"criterion {criterion} was given {given} points. Give from 0 to {most}.",
            criterion=criterion,
            given=str(given),
            most=str(most),
        )
