"""What can be wrong with a call of a service; the sentences stand in rulebook/findings/services.yaml."""

from __future__ import annotations


class ServiceError(Exception):
    """A use case that cannot be done.

    Args:
        code: Code of the sentence in the rulebook, for example `services.still_compiling`.
        values: Names and values for the blanks of the sentence.
    """

    def __init__(self, code: str, **values: str) -> None:
        shown = ", ".join(f"{name}={value}" for name, value in values.items())
        super().__init__(f"{code}: {shown}" if shown else code)
        self.code = code
        self.values = values


class NotPermittedError(ServiceError):
    """The actor may not do this; pages answer as if the thing did not exist."""

    def __init__(self, action: str) -> None:
        super().__init__("services.not_permitted", action=action)


class NotThereError(ServiceError):
    """What the call is about does not exist."""

    def __init__(self, what: str) -> None:
        super().__init__("services.not_there", what=what)


class WrongStateError(ServiceError):
    """The version is not in a state in which this can be done."""

    def __init__(self, state: str) -> None:
        super().__init__("services.wrong_state", state=state)


class UnreadableKindError(ServiceError):
    """A city's version of a kind was written for another version of this program; pages say so."""

    def __init__(self, *, kind: str, version: int, line: int, reason: str) -> None:
        super().__init__("kinds.unreadable", kind=kind, version=str(version), line=str(line), reason=reason)


class FileTooLargeError(ServiceError):
    """The file is larger than an upload may be."""

    def __init__(self, *, limit_mb: int) -> None:
        super().__init__("services.file_too_large", limit_mb=str(limit_mb))


class EmptyFileError(ServiceError):
    """The file holds nothing."""

    def __init__(self) -> None:
        super().__init__("services.empty_file")


class ChangeRefusedError(ServiceError):
    """A decision asks for a change that cannot be made; the code says which cause it is."""

    def __init__(
        self, *, field: str, reason: str, remedy: str, code: str = "services.change_refused"
    ) -> None:
        super().__init__(code, field=field, reason=reason, remedy=remedy)


class OpenDoubtsError(ServiceError):
    """Publishing with doubts left was not asked for in so many words."""

    def __init__(self, *, count: int) -> None:
        super().__init__("services.open_doubts", count=str(count))
