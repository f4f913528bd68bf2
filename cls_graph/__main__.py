"""``python -m cls_graph`` is ``cls-graph``."""

import sys

from cls_graph.cli import main

sys.exit(main())
