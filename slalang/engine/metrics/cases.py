"""Verdicts go in, each to its period and key; the share that was met, or a fold over the cases, comes out."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any

from slalang.engine.metrics.folding import fold
from slalang.engine.metrics.shares import Figure, share_met
from slalang.engine.reasons import say
from slalang.engine.undetermined import Undetermined
from slalang.ir.amounts import ShareMet
from slalang.outcome.trace import Folded

if TYPE_CHECKING:
    from slalang.engine.cases.case import Case
    from slalang.engine.metrics.keys import Key
    from slalang.engine.metrics.metric import MetricRule
    from slalang.ir.amounts import CaseFold
    from slalang.outcome.records import Period, Verdict

NOT_ASKED_FOR = (
    "-"  # a case of which the aggregate's own condition does not hold: neither counted nor left out
)
Bucket = list[tuple["Verdict", str, "Case | None"]]


class CaseForm:
    """Share met or a fold over the verdicts of some rules."""

    def __init__(self, metric: MetricRule, form: ShareMet | CaseFold) -> None:
        """Compile the folded value."""
        self.metric = metric
        self.form = form
        compiler = metric.world.compiler
        self.value = None if isinstance(form, ShareMet) else compiler.condition(form.value)
        self.where = None if isinstance(form, ShareMet) else compiler.condition(form.where)
        self.begin()

    def begin(self) -> None:
        """Forget the cases."""
        self._buckets: dict[tuple[str, str], dict[Key, Bucket]] | None = None
        self._open: dict[tuple[str, Key], int] = {}
        self._keys: dict[str, set[Key]] = {}
        self.members: list[tuple[str, str, str, str]] = []
        self.dropped: list[tuple[str, str]] = []
        self.stretches: list[Any] = []
        self.folded: list[Folded] = []

    def _sorted(self) -> dict[tuple[str, str], dict[Key, Bucket]]:
        """Every verdict in the period that it counts in; found once."""
        if self._buckets is not None:
            return self._buckets
        buckets: dict[tuple[str, str], dict[Key, Bucket]] = {}
        self._buckets = buckets
        metric, results = self.metric, self.metric.results
        overall = metric.ir.over == "all"
        for name in self.form.rules:
            for verdict, case in results.verdicts(name):
                agreement = "" if overall else verdict.agreement
                key = self._key(verdict, case)
                self._keys.setdefault(agreement, set()).add(key)
                at = self._attributed(verdict, case)
                if not verdict.final and (at is None or self._can_move(case)):
                    self._unsettled(agreement, key, verdict)
                if at is None:
                    continue
                for period in metric.periods(agreement).all_at(at):
                    out = self._left_out(verdict, case, period)
                    if out != NOT_ASKED_FOR:
                        place = buckets.setdefault((agreement, period.label), {})
                        place.setdefault(key, []).append((verdict, out, case))
        return buckets

    def _unsettled(self, agreement: str, key: Key, verdict: Verdict) -> None:
        """A case that could still fall into any period from its start on."""
        start = verdict.start if verdict.start is not None else 0
        place = (agreement, key)
        self._open[place] = min(self._open.get(place, start), start)

    def _can_move(self, case: Case | None) -> bool:
        by = self.metric.ir.counted_by
        if by == "start" or case is None:
            return False
        return by == "end" or case.rule.limit_moves

    def _attributed(self, verdict: Verdict, case: Case | None) -> int | None:
        """The instant by which a verdict is counted in a period; an undetermined one may have nothing but its start."""
        if verdict.status == "undetermined" and verdict.deadline is None:
            return verdict.start
        match self.metric.ir.counted_by:
            case "start":
                return verdict.start
            case "end":
                if verdict.discharged_at is not None:
                    return verdict.discharged_at
                # A standing duty, a target, a void or expired case ends where its period or deadline does.
                return None if verdict.status in {"pending", "overdue"} else self._due(verdict, case)
            case _:
                return self._due(verdict, case)

    def _due(self, verdict: Verdict, case: Case | None) -> int | None:
        """The deadline; the 24:00 of a last day, or the end of a period, belongs to what it ends (model §2)."""
        due = verdict.deadline
        if due is None:
            return None
        if case is not None:
            dated = case.due is not None and case.due_strict
        else:
            dated = verdict.limit_strict or (verdict.period is not None and verdict.period.end == due)
        return due - 1 if dated and self.metric.world.zone.begins_day(due) else due

    def _key(self, verdict: Verdict, case: Case | None) -> Key:
        dimensions = self.metric.dimensions
        if not dimensions.by:
            return ()
        if case is None:
            return tuple(pair for pair in verdict.key if pair[0] in dimensions.by) or tuple(
                (name, verdict.subject) for name in dimensions.by
            )
        env = self._enter(verdict, case, None)
        key = dimensions.key(env)
        self._leave()
        return key

    def _enter(self, verdict: Verdict, case: Case | None, period: Period | None) -> Any:
        env = self.metric.world.env
        self._kept = (
            env.subject,
            env.case,
            env.agreement,
            env.verdict,
            env.deadline,
            env.period,
            env.event,
            env.record,
        )
        # What is judged by the period (a report, a target) is about the agreement as a whole.
        subject = case.subject if case is not None else None
        env.subject, env.case, env.agreement, env.verdict = subject, case, verdict.agreement, verdict
        env.deadline, env.event, env.record = verdict.deadline, None, None
        if period is not None:
            env.period = period
        return env

    def _leave(self) -> None:
        env = self.metric.world.env
        (
            env.subject,
            env.case,
            env.agreement,
            env.verdict,
            env.deadline,
            env.period,
            env.event,
            env.record,
        ) = self._kept

    def _left_out(self, verdict: Verdict, case: Case | None, period: Period) -> str:
        """The exception that leaves a case out; `?` where that cannot be told; empty where it counts."""
        if not self.metric.left_out and self.where is None:
            return ""
        env = self._enter(verdict, case, period)
        answer = ""
        try:
            if self.where is not None:
                try:
                    if not self.where(env):
                        return NOT_ASKED_FOR
                except Undetermined:
                    answer = "?"
            for name, when in self.metric.left_out:
                try:
                    if when(env):
                        return name
                except Undetermined:
                    answer = "?"
        finally:
            self._leave()
        return answer

    def seen(self, agreement: str) -> set[Key]:
        """The keys that any case has."""
        self._sorted()
        return self._keys.get(agreement, set())

    def figure(self, agreement: str, key: Key, period: Period) -> Figure:
        """The share or the fold over the cases of a period."""
        bucket = self._sorted().get((agreement, period.label), {}).get(key, [])
        counted: list[Verdict] = []
        cases: list[Case | None] = []
        unknown = 0
        self.members, self.dropped = [], []
        for verdict, out, case in bucket:
            if out and out != "?":
                self.dropped.append((f"{verdict.rule} {verdict.subject} {verdict.instance}".strip(), out))
                continue
            unknown += out == "?"
            counted.append(verdict)
            cases.append(case)
            self.members.append((verdict.rule, verdict.subject, verdict.instance, verdict.status))
        form = self.form
        figure = (
            share_met(form, counted, self.metric.ir.name)
            if isinstance(form, ShareMet)
            else self._fold(form, counted, cases)
        )
        for verdict in counted:
            figure.counts[verdict.status] = figure.counts.get(verdict.status, 0) + 1
        if self.dropped:
            figure.counts["left_out"] = len(self.dropped)
        if figure.size is None:
            pooled = isinstance(form, ShareMet) and form.pooling != "shares_averaged"
            known = pooled and figure.denominator is not None
            figure.size = int(figure.denominator or 0) if known else len(counted)
        if unknown:
            figure.reason = figure.reason or say("left_out_unknown", count=unknown)
            figure.value = None
        figure.final = self.final(agreement, key, period)
        return figure

    def counted(self, agreement: str, key: Key, period: Period) -> list[Verdict]:
        """The verdicts that the figure of a period counts, or would if they were decided; those left out are not among them."""
        bucket = self._sorted().get((agreement, period.label), {}).get(key, [])
        return [verdict for verdict, out, _ in bucket if not out]

    def _fold(self, form: CaseFold, verdicts: list[Verdict], cases: list[Case | None]) -> Figure:
        both = zip(verdicts, cases, strict=True)
        wanted = [pair for pair in both if not form.statuses or pair[0].status in form.statuses]
        unknown = [
            one for one in verdicts if one.status == "undetermined" and "undetermined" not in form.statuses
        ]
        if unknown:
            raise Undetermined(say("undetermined_cases", metric=self.metric.ir.name, count=len(unknown)))
        if self.value is None:
            tracing = self.metric.results.focus is not None
            self.folded = [_folded(verdict, None) for verdict, _ in wanted] if tracing else []
            return _sized(fold(form.fold, wanted, form.percent), len(wanted))
        values = []
        self.folded = []
        tracing = self.metric.results.focus is not None
        for verdict, case in wanted:
            try:
                values.append(self._value_of(verdict, case))
            except Undetermined:
                if verdict.status in {"pending", "void"}:
                    continue
                raise
            if tracing:
                self.folded.append(_folded(verdict, Fraction(values[-1])))
        return _sized(fold(form.fold, values, form.percent), len(values))

    def _value_of(self, verdict: Verdict, case: Case | None) -> Any:
        """What is folded, read for one case: its measures, its signals, the fields of its trigger and discharge."""
        env = self.metric.world.env
        assert self.value is not None
        record = env.record
        self._enter(verdict, case, None)
        env.record = record
        try:
            return self.value(env)
        finally:
            self._leave()

    def final(self, agreement: str, key: Key, period: Period) -> bool:
        """Every case of the period is final, and none that is not could still fall into it."""
        bucket = self._sorted().get((agreement, period.label), {}).get(key, [])
        open_since = self._open.get((agreement, key))
        return all(verdict.final for verdict, _, _ in bucket) and (
            open_since is None or open_since >= period.end
        )


def _sized(figure: Figure, size: int) -> Figure:
    figure.size = size
    return figure


def _folded(verdict: Verdict, value: Fraction | None) -> Folded:
    return Folded(verdict.start, verdict.rule, verdict.subject or verdict.instance, verdict.instance, value)
