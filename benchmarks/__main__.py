"""Runs every benchmark and compares it with its budget."""

import sys
from importlib import import_module
from pathlib import Path


def main() -> int:
    """Print each result; 1 when one is over its budget."""
    over = 0
    for module in sorted(Path(__file__).parent.glob("bench_*.py")):
        for result in import_module(f"benchmarks.{module.stem}").measure():
            over += not result.fine
            print(
                f"{'ok  ' if result.fine else 'OVER'}  {result.name}: {result.value:.2f} {result.unit} (budget {result.budget:g})",
                flush=True,
            )
    return 1 if over else 0


if __name__ == "__main__":
    sys.exit(main())
