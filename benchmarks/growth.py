"""Whether parsing and checking grow with the length of a contract: time per line, as multiples of the shortest one's, in one run."""

from __future__ import annotations

import time
from statistics import median

from slalang.diagnostics.collector import Collector
from slalang.pipeline.journey import check
from slalang.source.text import SourceFile
from slalang.syntax.parse import parse

HEAD = """\
contract "growth" version "1"
use std.tickets, std.plain
time zone UTC
currency USD
counting exact
conventions std.plain
party P "p"
party C "c"
levels priority = High > Low
parameter fee : money, at least 0 USD
"""
CLAUSE = """
clause {n} "Part {n}"
  table targets{n}
    | priority | = answer |
    | High     | <= 1 h   |
    | Low      | <= 4 h   |
  obligation Answer{n}
    for each ticket
    P owes C
    from opened until first responded
    clock always
    within targets{n}.answer
    on reopening : frozen
    on change of priority : from the start
    after a relaxed limit : the breach stands
  metric Rate{n} each month
    = share met of Answer{n}
    counted by : deadline
    when none : 100%
  credit Back{n} each month
    P owes C
    amount
      | Rate{n}     | = fee × |
      | [99%, 100%] | 0%      |
      | < 99%       | 5%      |
    posted : same period
"""
LENGTHS = (300, 750, 1500, 3000)
RUNS = 3


def contract(lines: int) -> str:
    """A contract of about so many lines."""
    count = (lines - HEAD.count("\n")) // CLAUSE.count("\n")
    return HEAD + "".join(CLAUSE.format(n=number) for number in range(1, count + 1))


def main() -> None:
    """Print the table."""
    print(f"{'lines':>6} {'parse ms':>9} {'check ms':>9} {'parse/line ×':>13} {'check/line ×':>13}")
    first: tuple[float, float] | None = None
    check(SourceFile("warm.sla", contract(300)), Collector())
    for lines in LENGTHS:
        text = contract(lines)
        real = text.count("\n")
        parsed, checked = [], []
        for _ in range(RUNS):
            began = time.perf_counter()
            parse(SourceFile("g.sla", text), Collector())
            middle = time.perf_counter()
            collector = Collector()
            assert check(SourceFile("g.sla", text), collector) is not None, collector.sorted()[:3]
            parsed.append(middle - began)
            checked.append(time.perf_counter() - middle)
        a, b = median(parsed) / real, median(checked) / real
        first = first or (a, b)
        print(
            f"{real:>6} {median(parsed) * 1000:>9.0f} {median(checked) * 1000:>9.0f} {a / first[0]:>13.2f} {b / first[1]:>13.2f}"
        )


if __name__ == "__main__":
    main()
