"""An amount's expression goes in; an exact polynomial over the metric and the parameters comes out, or the reason why there is none."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING, TypeAlias

from slalang.diagnostics.diagnostic import Text
from slalang.ir.expressions import Builtin, Const, Default, Expr, If, MetricRef, Named, Op, Param, TableLookup
from slalang.prove.domain import number
from slalang.prove.tables import NotSwept

if TYPE_CHECKING:
    from slalang.ir.program import Program

Monomial: TypeAlias = tuple[str, ...]
Polynomial: TypeAlias = dict[Monomial, Fraction]
Resolve: TypeAlias = Callable[[Expr], "Expr | None"]


def polynomial(expr: Expr, program: Program, resolve: Resolve) -> Polynomial:
    """The sum of products that an expression is; `resolve` replaces lookups, choices and overrides by the branch in question.

    Raises:
        NotSwept: it divides by something that varies, or uses something that is no sum of products.
    """
    match expr:
        case Const():
            value = number(expr)
            if value is None:
                raise _not(f"a {expr.type}")
            return {(): value} if value else {}
        case Param():
            return _parameter(expr, program, resolve)
        case Named():
            definition = next(item for item in program.definitions if item.name == expr.name)
            return polynomial(definition.value, program, resolve)
        case MetricRef():
            if expr.back or expr.span != 1 or expr.across:
                raise _not(f"earlier or other values of {expr.name}")
            return {(f"m:{expr.name}",): Fraction(1)}
        case Op():
            return _operator(expr, program, resolve)
        case If() | TableLookup() | Default():
            branch = resolve(expr)
            if branch is None:
                raise _not("a choice that the sweep cannot decide")
            return polynomial(branch, program, resolve)
        case Builtin():
            raise _not(expr.name)
        case _:
            raise _not(expr.kind)


def operators(roots: Sequence[Expr], program: Program) -> Iterator[Op]:
    """Every operator under some expressions, definitions looked through."""
    for node in _nodes(roots, program):
        if isinstance(node, Op):
            yield node


def read_metrics(root: Expr, program: Program) -> set[str]:
    """The metrics that an expression reads."""
    return {node.name for node in _nodes([root], program) if isinstance(node, MetricRef)}


def _nodes(roots: Sequence[Expr], program: Program) -> Iterator[Expr]:
    stack = list(roots)
    while stack:
        node = stack.pop()
        yield node
        match node:
            case Op() | Builtin():
                stack += node.args
            case If():
                stack += (node.condition, node.then, node.orelse)
            case Named():
                stack.append(next(item for item in program.definitions if item.name == node.name).value)
            case _:
                pass


def _parameter(expr: Param, program: Program, resolve: Resolve) -> Polynomial:
    found = next((item for item in program.parameters if item.name == expr.name), None)
    if found is not None and found.value is not None:
        return polynomial(found.value, program, resolve)
    return {(f"p:{expr.name}",): Fraction(1)}


def _operator(expr: Op, program: Program, resolve: Resolve) -> Polynomial:
    if expr.op in ("min", "max"):
        branch = resolve(expr)
        if branch is None:
            raise _not(f"{expr.op} within {expr.op}")
        return polynomial(branch, program, resolve)
    parts = [polynomial(arg, program, resolve) for arg in expr.args]
    if expr.op == "neg":
        return _scaled(parts[0], Fraction(-1))
    if expr.op == "+":
        return _sum(parts[0], parts[1])
    if expr.op == "-":
        return _sum(parts[0], _scaled(parts[1], Fraction(-1)))
    if expr.op == "*":
        return _product(parts[0], parts[1])
    if expr.op == "/" and list(parts[1]) == [()]:
        return _scaled(parts[0], 1 / parts[1][()])
    raise _not(expr.op)


def _sum(one: Polynomial, other: Polynomial) -> Polynomial:
    found = dict(one)
    for monomial, factor in other.items():
        found[monomial] = found.get(monomial, Fraction(0)) + factor
    return {monomial: factor for monomial, factor in found.items() if factor}


def _scaled(one: Polynomial, by: Fraction) -> Polynomial:
    return {monomial: factor * by for monomial, factor in one.items()} if by else {}


def _product(one: Polynomial, other: Polynomial) -> Polynomial:
    found: Polynomial = {}
    for left, factor in one.items():
        for right, by in other.items():
            monomial = tuple(sorted((*left, *right)))
            found[monomial] = found.get(monomial, Fraction(0)) + factor * by
    return {monomial: factor for monomial, factor in found.items() if factor}


def _not(what: str) -> NotSwept:
    return NotSwept(Text(en=f"it uses {what}", zh=f"其中用到 {what}"))
