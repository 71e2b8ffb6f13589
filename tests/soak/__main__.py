"""What takes long to try: `make soak`, or `make soak ARGS=zones`."""

import argparse

from tests.soak import faults, zones

SOAKS = {"faults": faults.measure, "zones": zones.measure}


def main() -> None:
    """Prints a table for each; what does not hold is an error."""
    parser = argparse.ArgumentParser("make soak", description="Tries at length what the tests try in short.")
    parser.add_argument("what", nargs="*", type=_known, metavar="WHAT", help=f"of {', '.join(SOAKS)}; else all")
    for name in parser.parse_args().what or SOAKS:
        print(f"\n{SOAKS[name]().table()}", flush=True)


def _known(name: str) -> str:
    if name not in SOAKS:
        raise argparse.ArgumentTypeError(f"there is no {name!r}; there are {', '.join(SOAKS)}")
    return name


if __name__ == "__main__":
    main()
