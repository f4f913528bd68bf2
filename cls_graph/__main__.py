"""``python -m cls_graph`` is ``cls-graph``."""

import sys

from cls_graph.cli import main

if __name__ == "__main__":
    sys.exit(main())
