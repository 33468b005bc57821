"""The records of a restatement, inside form; results themselves stay as they are published (texts, RFC 3339, ISO 8601)."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Literal

Table = Literal["verdicts", "metrics", "ledger", "rights", "balances", "notices", "faults"]
Published = dict[str, Any]
# Table, name of the result in it, and a number where several have one name.
Key = tuple[str, str, int]


@dataclass(frozen=True, slots=True)
class Cause:
    """Why a result changed.

    Attributes:
        sort: `late` (timed up to the earlier run's as-of, known later), `correction`, `retraction`, `new` (timed after it),
            `edited` and `missing` (the input itself was changed), `register`, `time` (time passed, no event needed),
            `inputs` (other parameters, readings, contract text or software), `unknown` (the earlier run does not come out
            again, and nothing tells why), `group` (facts that were taken out all together; `about` counts them).
        event: the id of the event, empty where it is none.
        about: what is corrected or retracted, or words on what differs.
    """

    sort: str
    event: str = ""
    type: str = ""
    subject: str = ""
    at: int | None = None
    recorded: int | None = None
    about: str = ""


@dataclass(frozen=True, slots=True)
class Change:
    """One result that is another than it was.

    Attributes:
        kind: `changed`, `appeared`, `gone`.
        restates: the earlier run held it to be final, or its period was closed: this is a restatement. Otherwise the
            earlier run had left it open, and it has moved on.
        fields: name, before, after, of what differs.
    """

    table: Table
    kind: Literal["changed", "appeared", "gone"]
    restates: bool
    before: Published | None
    after: Published | None
    fields: tuple[tuple[str, Any, Any], ...]
    keys: tuple[Key, ...]
    causes: tuple[Cause, ...] = ()

    @property
    def record(self) -> Published:
        """The result as it is now, or as it was where there is none any more."""
        found = self.after if self.after is not None else self.before
        assert found is not None
        return found


@dataclass(frozen=True, slots=True)
class Difference:
    """What one party owes another for one period, before and after; `status` groups lines (`owed`, `claimable`, `provisional`, …)."""

    agreement: str
    debtor: str
    creditor: str
    unit: str
    period: str
    status: str
    before: Fraction
    after: Fraction

    @property
    def difference(self) -> Fraction:
        """After less before."""
        return self.after - self.before


@dataclass(frozen=True, slots=True)
class Adjustment:
    """A line that is posted in the open period because a closed one came out wrong; `amount` None: it cannot be told.

    Attributes:
        amount: what is added to what was posted; negative: so much was posted too much and comes back.
        posted_period: the open period; empty where the agreement has none any more.
        corrects: the line of the earlier run, None where that had none.
        now: the line as it comes out now, None where there is none.
    """

    amount: Fraction | None
    posted_period: str
    corrects: Published | None
    now: Published | None
    causes: tuple[Cause, ...] = ()

    @property
    def record(self) -> Published:
        """The line that names rule, parties, unit and measured period."""
        found = self.now if self.now is not None else self.corrects
        assert found is not None
        return found


@dataclass(frozen=True, slots=True)
class Restatement:
    """Everything that differs between an earlier outcome and the present one.

    Attributes:
        facts: every fact that the earlier run did not know, by sort and count.
        tried: how many of them were taken out or put in by themselves, each with an evaluation.
        needless: how many speak only of agreements in which nothing is left to be explained.
        grouped: how many were only taken out all together, since trying each would have taken too long.
        reproduced: whether the earlier run comes out again from the facts that it knew.
        other_inputs: what else differs: name, before, after.
        ran_on: open cases of which only the time used went on.
        confirmed: results that became final and are otherwise what they were.
    """

    contract: str
    version: str
    zone: str
    before_as_of: int
    as_of: int
    changes: tuple[Change, ...]
    money: tuple[Difference, ...]
    adjustments: tuple[Adjustment, ...]
    facts: tuple[tuple[str, int], ...] = ()
    tried: int = 0
    needless: int = 0
    grouped: int = 0
    reproduced: bool = True
    other_inputs: tuple[tuple[str, str, str], ...] = ()
    ran_on: int = 0
    confirmed: int = 0
    kinds: tuple[tuple[str, str], ...] = ()  # what the value of each metric is: ratio, duration, …
