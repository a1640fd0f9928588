"""`make bench`: measure, print the tables, and write them into docs/performance.md if asked."""

import argparse
import tempfile
from pathlib import Path

from bench import measure, table
from bench.sections import SECTIONS, Plan, quick


def main() -> None:
    """Measure the sections that were asked for, or all."""
    parser = argparse.ArgumentParser(prog="bench")
    parser.add_argument("sections", nargs="*", choices=[*SECTIONS, []], metavar="SECTION")
    parser.add_argument("--quick", action="store_true", help="few rounds, few briefs")
    parser.add_argument("--write", action="store_true", help="put the tables into docs")
    options = parser.parse_args()
    measure.adopt()
    tables = {}
    with tempfile.TemporaryDirectory(prefix="briefwright-bench-") as folder:
        plan = (quick if options.quick else Plan)(Path(folder))
        for name in options.sections or SECTIONS:
            title, measured = SECTIONS[name]
            tables[name] = table.as_text(title, measured(plan))
            print(tables[name], flush=True)
    print(table.machine())
    if options.write:
        table.write(tables, "make bench QUICK=1" if options.quick else "make bench")


if __name__ == "__main__":
    main()
