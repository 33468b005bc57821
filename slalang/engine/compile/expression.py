"""An expression of the IR goes in, a function of the environment comes out; traced on demand by the same code."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from slalang.builtins.functions import FUNCTIONS
from slalang.engine.compile import operators
from slalang.engine.compile.constants import UNSET, Bound, as_plain, from_const, from_scalar
from slalang.engine.compile.defaults import default_value
from slalang.engine.compile.tables import lookup
from slalang.engine.reasons import say
from slalang.engine.undetermined import ProgramError, Undetermined
from slalang.ir import expressions as ir
from slalang.outcome.trace import Value
from slalang.values.capitals import CapitalError

if TYPE_CHECKING:
    from collections.abc import Callable

    from slalang.engine.compile.environment import Env
    from slalang.engine.world import World

    Function = Callable[[Env], Any]


class Compiler:
    """Compiles the expressions of one program version; definitions and tables are compiled once."""

    def __init__(
        self, world: World, *, tracing: bool, followed: frozenset[str] | None = None, otherwise: ir.At = "now"
    ) -> None:
        """Take the world (names, registers, signals) that the closures will read.

        Where `followed` is given, only those signals are read as they move; any other one is read at `otherwise`,
        also through definitions and tables: a limit follows the changes that its rule names, and no more.
        """
        self.world = world
        self.tracing = tracing
        self.followed = followed
        self.otherwise = otherwise
        self._definitions: dict[str, Function] = {}
        self._tables: dict[tuple[str, str], Function] = {}

    def expr(self, node: ir.Expr) -> Function:
        """The function of an expression; with tracing on it writes a `Value` into `env.record` when that is a list."""
        made = self._make(node)
        return self._traced(made, node) if self.tracing else made

    def condition(self, node: ir.Expr | None) -> Function | None:
        """The function of an optional condition."""
        return None if node is None else self.expr(node)

    def _traced(self, function: Function, node: ir.Expr) -> Function:
        def recording(env: Env) -> Any:
            outer = env.record
            if outer is None:
                return function(env)
            parts: list[Value] = []
            env.record, env.row = parts, None
            try:
                value = function(env)
            except Undetermined as unknown:
                outer.append(Value(node, node.type, None, tuple(parts), unknown.reason, env.row))
                raise
            finally:
                env.record = outer
                row, env.row = env.row, None
            outer.append(Value(node, node.type, as_plain(value), tuple(parts), "", row))
            return value

        return recording

    def _make(self, node: ir.Expr) -> Function:
        match node:
            case ir.Const():
                value = from_const(node)
                return lambda _: value
            case ir.Param():
                return self._parameter(node.name)
            case ir.Named():
                return self._definition(node.name)
            case ir.Field():
                return self._field(node)
            case ir.SignalAt():
                if node.at == "now" and self.followed is not None and node.signal not in self.followed:
                    node = replace(node, at=self.otherwise)
                return self.world.signals.reader(node)
            case ir.MetricRef():
                world = self.world
                return lambda env: world.results.metric(env, node)
            case ir.AmountRef():
                world = self.world
                return lambda env: world.results.amount(env, node)
            case ir.CaseValue():
                world = self.world
                return lambda env: world.results.case_value(env, node)
            case ir.Op():
                return self._operation(node)
            case ir.If():
                test, then, orelse = self.expr(node.condition), self.expr(node.then), self.expr(node.orelse)
                return lambda env: then(env) if test(env) else orelse(env)
            case ir.TableLookup():
                return self._lookup(node)
            case ir.Default():
                return default_value(node, self)
            case ir.Builtin():
                return self._builtin(node)
            case ir.TermEdge():
                return self._term_edge(node)

    def _parameter(self, name: str) -> Function:
        agreed = self.world.agreed
        return lambda env: agreed.value(name, env)

    def _definition(self, name: str) -> Function:
        if name not in self._definitions:
            found = self.world.definition(name)
            self._definitions[name] = self.expr(found.value)
        return self._definitions[name]

    def _lookup(self, node: ir.TableLookup) -> Function:
        key = (node.table, node.column)
        if key not in self._tables:
            self._tables[key] = lookup(self.world.table(node.table), node.column, self)
        return self._tables[key]

    def _builtin(self, node: ir.Builtin) -> Function:
        function = FUNCTIONS.get(node.name)
        if function is None:
            raise ProgramError(f"no builtin `{node.name}`")
        args = [self.expr(arg) for arg in node.args]

        def called(env: Env) -> Any:
            given = [arg(env) for arg in args]
            try:
                return function(*given)
            except CapitalError as bad:
                key = "to_capitals" if node.name == "in_capitals" else "capitals"
                raise Undetermined(say(key, text=given[0], detail=bad.en)) from None

        return called

    def _term_edge(self, node: ir.TermEdge) -> Function:
        world, which = self.world, node.which
        return lambda env: world.life.day(env.agreement, world.now if env.at is None else env.at, which)

    # -- fields ------------------------------------------------------------------------------------------------------

    def _field(self, node: ir.Field) -> Function:
        name, type_ = node.name, node.type
        if node.of == "register":
            return self._attribute(node)
        if node.of == "period":
            return self._period_edge(node)
        plain = not (type_ in {"date", "number", "integer", "ratio", "points"} or type_.startswith("amount:"))
        special = name in {"time", "subject", "id", "type", "recordedtime", "by", "to"}

        def of_event(env: Env) -> Any:
            event = env.event if node.of == "event" else self.world.case_event(env, node.of)
            if event is None:
                raise Undetermined(say("no_event", field=name))
            if special and (value := _attribute_of(event, name)) is not UNSET:
                return value
            value = event.data.get(name)
            if value is None:
                raise Undetermined(say("field", event=event.id, field=name))
            return value if plain else from_scalar(type_, value)

        return of_event

    def _period_edge(self, node: ir.Field) -> Function:
        zone, start, dated = self.world.zone, node.name == "start", node.type == "date"

        def edge(env: Env) -> Any:
            period = env.period
            if period is None:
                raise Undetermined(say("no_period", edge=node.name))
            at = period.start if start else period.end
            return at if not dated else zone.date_of(at if start else at - 1)

        return edge

    def _attribute(self, node: ir.Field) -> Function:
        world, name, type_, via = self.world, node.name, node.type, node.via

        def of_register(env: Env) -> Any:
            return from_scalar(type_, world.references.attribute(env, via, name))

        return of_register

    # -- operators ---------------------------------------------------------------------------------------------------

    def _operation(self, node: ir.Op) -> Function:
        op, args = node.op, [self.expr(arg) for arg in node.args]
        if op in {"and", "or"}:
            return _joined(args, stops_at=op == "or")
        if node.type == "limit" and op in {"<", "<="}:
            strict, kind, amount = op == "<", node.args[0].type, args[0]
            return lambda env: Bound(strict, kind, amount(env))
        if op == "not":
            only = args[0]
            return lambda env: not only(env)
        if op in {"==", "!="}:
            return self._equality(node, args)
        if op in operators.COMPARE:
            left, right = args
            compare = operators.comparison(op, node.args[0].type, self.world.ranks)
            return lambda env: compare(left(env), right(env))
        if op in {"neg", "abs"}:
            only, one = args[0], operators.negated if op == "neg" else operators.absolute
            return lambda env: one(only(env))
        if op in {"min", "max"}:
            pick = min if op == "min" else max
            return lambda env: pick([arg(env) for arg in args])
        left, right = args
        if op.startswith("round_"):
            two = operators.rounding(op)
        else:
            two = operators.arithmetic(op, node.args[0].type, node.args[1].type, self.world.zone)
        return lambda env: two(left(env), right(env))

    def _equality(self, node: ir.Op, args: list[Function]) -> Function:
        """Equality; a field that the event leaves out equals nothing (an absent fact is not an unknown one)."""
        left, right = args
        wanted = node.op == "=="
        if not any(isinstance(arg, ir.Field) and arg.of != "register" for arg in node.args):
            return lambda env: (left(env) == right(env)) is wanted

        def equal(env: Env) -> bool:
            try:
                return bool((left(env) == right(env)) is wanted)
            except Undetermined:
                return not wanted

        return equal


def _attribute_of(event: Any, name: str) -> Any:
    """An attribute that every event has, unless its type has a field of that name in its data."""
    if name in event.data:
        return UNSET
    if name == "recordedtime":
        return event.time if event.recorded is None else event.recorded
    return getattr(event, name)


def _joined(args: list[Function], *, stops_at: bool) -> Function:
    """`and` and `or`: one argument that decides is enough, whatever the others cannot say."""

    def joined(env: Env) -> bool:
        unknown: Undetermined | None = None
        for arg in args:
            try:
                if bool(arg(env)) is stops_at:
                    return stops_at
            except Undetermined as one:
                unknown = unknown or one
        if unknown is not None:
            raise unknown
        return not stops_at

    return joined
