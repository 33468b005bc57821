"""What the data or the contract cannot say: raised where a value is read, caught where a result is made."""

from __future__ import annotations


class Undetermined(Exception):  # noqa: N818 - not an error of the program, an answer of the contract
    """No value can be given; `reason` is English text made by `slalang.engine.reasons`."""

    def __init__(self, reason: str) -> None:
        """Keep the reason."""
        self.reason = reason
        super().__init__(reason)


class ZeroDivisor(Undetermined):
    """A share of nothing: a metric that says what it is `when none` has that value instead."""


class Nothing(Exception):  # noqa: N818 - as above
    """A table that is meant to be partial does not apply: no limit, no amount, and no complaint."""

    def __init__(self, what: str) -> None:
        """Keep the name of the table."""
        self.what = what
        super().__init__(what)


class ProgramError(ValueError):
    """The IR asks for something that it does not define: a fault of the checker, told with the rule's name."""
