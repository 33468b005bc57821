"""Names of rules go in; verdicts, metric values and amounts as of an instant come out, each worked out once when first asked for."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any

from slalang.engine.amounts.claiming import unplaced
from slalang.engine.amounts.rounding import as_value
from slalang.engine.judging.verdicts import verdict
from slalang.engine.metrics.spans import counted_periods
from slalang.engine.noticing.of_rights import Grounded
from slalang.engine.reasons import say
from slalang.engine.rights.notices import notices as right_notices
from slalang.engine.rights.right import RightOf
from slalang.engine.rights.states import states
from slalang.engine.undetermined import Undetermined
from slalang.outcome.records import Fault

if TYPE_CHECKING:
    from collections.abc import Callable

    from slalang.engine.amounts.amount import AmountOf
    from slalang.engine.amounts.ledger import Ledger
    from slalang.engine.cases.case import Case
    from slalang.engine.compile.environment import Env
    from slalang.engine.judging.occurrences import Occurrences
    from slalang.engine.metrics.keys import Key
    from slalang.engine.metrics.metric import MetricRule
    from slalang.engine.payments.receipts import Receipts
    from slalang.engine.settings import Focus
    from slalang.engine.world import World
    from slalang.ir import expressions as ir
    from slalang.ir.amounts import Right
    from slalang.ir.rules import Schedule
    from slalang.outcome.records import Notice, Period, RightState, Verdict
    from slalang.outcome.trace import CaseTrace

Judged = tuple["Verdict", "Case | None"]


class Results:
    """The results of one version; verdicts of a rule's name are joined over all versions."""

    def __init__(self, world: World, focus: Focus | None) -> None:
        """Nothing is worked out; the run fills in rules."""
        self.world = world
        self.focus = focus
        self.as_of = 0
        self.versions: list[Results] = [self]
        self.metrics: dict[str, MetricRule] = {}
        self.amounts: dict[str, AmountOf] = {}
        self.receipts: list[Receipts] = []
        self.occurrences: dict[str, Occurrences] = {}
        self.rights: dict[str, RightOf] = {}
        self.grounded: list[Grounded] = []  # rights whose notices hang on figures
        self.occurrence_traces: list[CaseTrace] = []
        self.ledger: Ledger = None  # type: ignore[assignment] # set by the run; one for all versions
        self._verdicts: dict[str, list[Judged]] = {}
        self._agreements: list[str] | None = None
        self._labels: dict[tuple[Schedule, str], Callable[[int], str]] = {}

    def first(self, agreement: str) -> int | None:
        """The instant from which an agreement's periods are reckoned where no term is stated, µs; None before any event."""
        return self.world.firsts.of(agreement)

    def begin(self, as_of: int) -> None:
        """Forget what was worked out for another instant."""
        self.as_of = as_of
        self._verdicts = {}
        self._agreements = None
        self.occurrence_traces = []
        for metric in self.metrics.values():
            metric.begin()
        for amount in self.amounts.values():
            amount.begin()
        for one in self.occurrences.values():
            one.begin()

    def earlier(self) -> Results | None:
        """The results of the version before this one."""
        at = self.versions.index(self)
        return self.versions[at - 1] if at else None

    # -- verdicts ----------------------------------------------------------------------------------------------------

    def own(self, name: str) -> list[Judged]:
        """The verdicts of a rule of this version, with their cases."""
        if name not in self._verdicts:
            found: list[Judged] = []
            for rule in self.world.rules:
                if rule.ir.name == name:
                    cases = [case for case in rule.cases if not rule.version.dropped(case)]
                    found += [(verdict(case, self.as_of), case) for case in cases]
            if name in self.occurrences:
                found += [(one, None) for one in self.occurrences[name].verdicts()]
            self._verdicts[name] = found
        return self._verdicts[name]

    def verdicts(self, name: str) -> list[Judged]:
        """The verdicts of a rule over all versions of the contract."""
        if len(self.versions) == 1:
            return self.own(name)
        return [one for results in self.versions for one in results.own(name)]

    def agreements(self) -> list[str]:
        """Those of the register and those that the data reached; one without a name where there is none at all."""
        if self._agreements is None:
            known = set(self.world.registers.ids("agreement"))
            for entity, subjects in self.world.subjects.items():
                if entity:
                    known.update(one.agreement or "" for one in subjects.values() if one.acted)
            self._agreements = sorted(known) or [""]
        return self._agreements

    def labels(self, schedule: Schedule, agreement: str) -> Callable[[int], str]:
        """A function from an instant to the label of its period for an agreement (whose anchor may be its own)."""
        splits = self.world.in_force.splits(agreement)
        own = schedule.anchor is not None or schedule.counted or splits
        place = (schedule, agreement if own else "")
        if place not in self._labels:
            periods = counted_periods(self.world, schedule, agreement)
            last: list[Period] = []

            def label(at: int) -> str:
                if not last or not last[0].start <= at < last[0].end:
                    last[:] = [periods.holding(at)]
                cut = [one for one in splits if last[0].start < one <= at] if splits else ()
                return self.world.zone.date_of(cut[-1]).isoformat() if cut else last[0].label

            self._labels[place] = label
        return self._labels[place]

    # -- rights and faults -------------------------------------------------------------------------------------------

    def add_right(self, right: Right, collectors: dict[str, list[Any]]) -> None:
        """Compile a right and hear of what it needs."""
        made = self.rights[right.name] = RightOf(self.world, right)
        if made.reads_metrics and any(one.on == "right" for one in right.notices):
            self.grounded.append(Grounded(made))
        for type_, step in made.collectors().items():
            collectors.setdefault(type_, []).append(step)

    def right_states(self) -> list[RightState]:
        """Where every right stands."""
        return [state for right in self.rights.values() for state in states(right, self.as_of)]

    def notices(self) -> list[Notice]:
        """The notices of rules that are judged by periods, and of rights."""
        found = [one for made in self.occurrences.values() for one in made.notices()]
        found += [one for made in self.grounded for one in made.notices()]
        return found + [one for right in self.rights.values() for one in right_notices(right, self.as_of)]

    def all_faults(self) -> list[Fault]:
        """What could not be, and what did nothing."""
        found = list(self.world.faults)
        for one in self.occurrences.values():
            found += one.reports.faults if one.reports is not None else []
        for right in self.rights.values():
            found += right.faults
        return [*found, *self._passed_over()]

    def _passed_over(self) -> list[Fault]:
        """Claims for no period that there is, and groups that the register lacks where it is the register that lists them."""
        found = []
        for agreement, claim, near in unplaced(self.amounts.values(), self.as_of):
            such = (f" (such as `{near}`)", f"（例如 `{near}`）") if near else ("", "")
            found.append(
                Fault(
                    "SLA-E0708", agreement, claim.subject, claim.event, claim.at,
                    f"the claim names `{claim.period}`, and no amount has a period of that name{such[0]}",
                    f"申领写明 `{claim.period}`，而没有任何金额有此期间{such[1]}",
                )
            )  # fmt: skip
        for metric in self.metrics.values():
            for agreement, key in metric.unregistered():
                group = ", ".join(f"{name} `{value}`" for name, value in key)
                found.append(
                    Fault(
                        "SLA-E0709", agreement, key[0][1], "", self.as_of,
                        f"{group} is not on the register, so `{metric.ir.name}` has no value for it, whatever happened to it",
                        f"{group} 不在登记册中，因此无论其发生何事，`{metric.ir.name}` 均不含其值",
                    )
                )  # fmt: skip
        return found

    # -- read by expressions -----------------------------------------------------------------------------------------

    def metric_rule(self, name: str) -> MetricRule | None:
        """A metric of this version."""
        return self.metrics.get(name)

    def metric(self, env: Env, node: ir.MetricRef) -> Any:
        """A metric's value for the reader's key and period."""
        metric = self.metrics.get(node.name)
        if metric is None or env.period is None:
            raise Undetermined(say("no_metric", name=node.name, period="-"))
        return metric.read(
            env.agreement, env.key, env.period, node.back, node.span, node.across, node.within, node.joined
        )

    def amount(self, env: Env, node: ir.AmountRef) -> Any:
        """What is posted of another rule's amount for the same key, or what is unpaid of it."""
        if node.unpaid:
            if env.principal is None or env.at is None:
                raise Undetermined(say("no_metric", name=node.name, period="-"))
            return env.principal.unpaid(node.name, env.at)
        amount = self.amounts.get(node.name)
        if amount is None or env.period is None:
            raise Undetermined(say("no_metric", name=node.name, period="-"))
        found = self.ledger.read(amount, env.agreement, env.key, env.period, node.back, node.span)
        return as_value(found, node.type)

    def is_final(self, name: str, agreement: str, key: dict[str, str], period: Period, back: int) -> bool:
        """Whether a metric that was read is final."""
        metric = self.metrics.get(name)
        if metric is None:
            return False
        if back:
            return True
        agreement = "" if metric.ir.over == "all" else agreement
        wanted = tuple((one, key[one]) for one in metric.dimensions.by if one in key)
        own = metric.periods(agreement).by_label.get(period.label)
        if own is None or len(wanted) != len(metric.dimensions.by):
            return all(
                one.final for one in metric.all_values() if period.start <= one.period.start < period.end
            )
        return metric.value(agreement, wanted, metric.periods(agreement).periods[own]).final

    def case_value(self, env: Env, node: ir.CaseValue) -> Any:
        """A figure of the verdict that the environment is about."""
        found = env.verdict
        if found is None:
            raise Undetermined(say("no_case", what=node.what))
        match node.what:
            case "status":
                return found.status
            case "lateness":
                return self._number(node, None if found.margin is None else -found.margin.value)
            case "days_late" | "workdays_late":
                return self._days_late(found, node)
            case "measure" | "limit" | "margin":
                quantity = getattr(found, node.what)
                return self._number(node, None if quantity is None else quantity.value)
        value = getattr(found, node.what)
        if value is None:
            raise Undetermined(say("no_value", what=node.what))
        return value

    def _number(self, node: ir.CaseValue, value: Fraction | None) -> Any:
        if value is None:
            raise Undetermined(say("no_value", what=node.what))
        return int(value) if node.type == "duration" and value.denominator == 1 else value

    def _days_late(self, found: Verdict, node: ir.CaseValue) -> Any:
        """Local days begun after the day of the deadline; a limit that ends at 24:00 belongs to the day before."""
        if found.deadline is None:
            raise Undetermined(say("no_value", what=node.what))
        until = found.discharged_at if found.discharged_at is not None else self.as_of
        if until < found.deadline:
            return Fraction(0)
        zone = self.world.zone
        edge = zone.start_of(zone.date_of(found.deadline)) == found.deadline
        last = found.deadline - 1 if edge else found.deadline
        if node.what == "workdays_late":
            rule = next((one for one in self.world.rules if one.ir.name == found.rule), None)
            if rule is None:
                raise Undetermined(say("no_case", what=node.what))
            return Fraction(rule.days.working_days_between(last, until, ""))
        return Fraction((zone.date_of(until) - zone.date_of(last)).days)

    # -- tracing -----------------------------------------------------------------------------------------------------

    def focus_on_verdict(self, verdict: Verdict) -> bool:
        """Whether an occurrence is in focus."""
        focus = self.focus
        return (
            focus is not None
            and focus.rule == verdict.rule
            and focus.subject in {"", verdict.subject}
            and focus.instance in {"", verdict.instance}
            and focus.agreement in {"", verdict.agreement}
        )

    def focus_on(
        self,
        rule: str,
        agreement: str,
        key: Key,
        period: Period | None,
        subject: str = "",
        instance: str = "",
    ) -> bool:
        """Whether a metric or an amount is in focus."""
        focus = self.focus
        return (
            focus is not None
            and focus.rule == rule
            and focus.agreement in {"", agreement}
            and focus.period in {"", period.label if period is not None else ""}
            and (not focus.key or focus.key == key)
            and focus.instance in {"", instance}
            and (not instance or focus.subject in {"", subject})
        )
