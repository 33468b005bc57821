"""Every benchmark, one after the other: `make bench`."""

from __future__ import annotations

from benchmarks import engine, growth, start

for each in (start, growth, engine):
    print(f"\n{each.__name__}: {(each.__doc__ or '').splitlines()[0]}\n")
    each.main()
