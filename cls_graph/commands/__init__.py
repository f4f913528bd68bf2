"""The subcommands of ``cls-graph``, one module each (``cls_graph.cli`` says their form)."""
