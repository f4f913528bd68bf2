"""``cls-graph`` and ``python -m cls_graph``: a process that runs one command."""

import gc
import sys

from cls_graph.cli import main


def start() -> int:
    """Run the command that this process is for; its exit code.

    Nearly all that is made while modules load stays until the end. To look for garbage among it as often as
    Python does by itself, and again as it ends, takes up to a third of what it takes to start.
    """
    gc.set_threshold(50_000, 20, 20)
    try:
        return main()
    finally:
        gc.freeze()


if __name__ == "__main__":
    sys.exit(start())
