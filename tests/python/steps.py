"""Runs the steps of a script one after the other: a line for each, and exit code 1 if one failed."""

import sys
import time
import traceback

STEPS = []


def step(function):
    """Makes a function, which gets the bootstrap servers, a step."""
    STEPS.append(function)
    return function


def main():
    bootstrap, left_out = sys.argv[1], set(sys.argv[2:])
    failed = False
    for function in STEPS:
        name = function.__name__
        if name in left_out:
            print(f"left out {name}", flush=True)
            continue
        started = time.monotonic()
        try:
            function(bootstrap)
            print(f"ok {name} {time.monotonic() - started:.2f} s", flush=True)
        except Exception:
            failed = True
            print(f"FAILED {name}", flush=True)
            traceback.print_exc()
    sys.stderr.flush()
    sys.exit(1 if failed else 0)
