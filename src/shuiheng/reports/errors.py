"""What can be wrong with a call to the reports."""

from __future__ import annotations


class UnreadableWordsError(ValueError):
    """Words do not have the form that was to be read back.

    Args:
        words: The words as given.
        form: What they should have been, for example `2026年5月1日`.
    """

    def __init__(self, words: str, form: str) -> None:
        super().__init__(f"reports.unreadable_words: {words[:80]!r} does not read as {form}. Mend the words.")
        self.words = words
        self.form = form


class UnsayableNumberError(ValueError):
    """A number has no words in the form asked for.

    Args:
        number: The number as text.
        reason: Why it has none.
    """

    def __init__(self, number: str, reason: str) -> None:
        super().__init__(f"reports.unsayable_number: {number[:80]} has no such words: {reason}.")
        self.number = number
        self.reason = reason


class ConflictingFigureError(ValueError):
    """A report holds two figures under one key.

    Args:
        key: The key.
        first: What the first one shows.
        second: What the other one shows.
    """

    def __init__(self, key: str, *, first: str, second: str) -> None:
        super().__init__(
            f"reports.conflicting_figure: `{key}` is {first!r} in one place and {second!r} in another. "
            "Print both places from one Figure, or give the second one a key of its own."
        )
        self.key = key


class AlteredReportError(ValueError):
    """A frozen report does not have the snapshot id that it bears.

    Args:
        stated: The id that it bears.
        computed: The id of its content.
    """

    def __init__(self, stated: str, computed: str) -> None:
        super().__init__(
            f"reports.altered: the content has the id {computed}, but {stated} is printed on it. "
            "Take the report from the archive again; an issued report never changes."
        )
        self.stated = stated
        self.computed = computed


class InconsistentCountError(ValueError):
    """Counts that were given to a report exclude each other.

    Args:
        what: The counts, in words.
    """

    def __init__(self, what: str) -> None:
        super().__init__(f"reports.inconsistent_counts: {what}. Count both from the same list.")
        self.what = what


class UnknownPaperError(LookupError):
    """Cases of a kind have no such document.

    Args:
        document: The document that was asked for.
        known: Those that there are.
    """

    def __init__(self, document: str, known: tuple[str, ...]) -> None:
        super().__init__(
            f"reports.unknown_paper: there is no {document[:60]!r}. There are: {', '.join(known)}."
        )
        self.document = document
        self.known = known
