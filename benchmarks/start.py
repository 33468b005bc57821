"""How long commands take from a cold start, as multiples of a bare interpreter's start in the same run."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path
from statistics import median

HERE = Path(__file__).resolve().parent.parent
CONTRACT = HERE / "contracts" / "aws-managed-support" / "contract.sla"
RUNS = 9
# Name, arguments after the interpreter, wished-for limit in ms on an idle core (None: only the ratio matters).
CASES = (
    ("python -c pass", ["-c", "pass"], None),
    ("slalang --help", ["-m", "slalang.cli.main", "--help"], 150),
    ("slalang check (contract A)", ["-m", "slalang.cli.main", "check", str(CONTRACT)], 400),
    ("slalang fmt --check", ["-m", "slalang.cli.main", "fmt", "--check", str(CONTRACT)], None),
)


def main() -> None:
    """Print the table."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    times: dict[str, list[float]] = {name: [] for name, _, _ in CASES}
    for turn in range(RUNS + 1):
        for name, arguments, _ in CASES:
            began = time.perf_counter()
            subprocess.run(
                [sys.executable, *arguments], cwd=HERE, env=environment, capture_output=True, check=False
            )
            if turn:  # the first turn writes the byte code
                times[name].append((time.perf_counter() - began) * 1000)
    bare = median(times[CASES[0][0]])
    print(f"{'cold start':<30} {'median ms':>10} {'least ms':>9} {'× bare':>7} {'wished ms':>10}")
    for name, _, limit in CASES:
        mid = median(times[name])
        print(f"{name:<30} {mid:>10.0f} {min(times[name]):>9.0f} {mid / bare:>7.1f} {limit or '':>10}")


if __name__ == "__main__":
    main()
