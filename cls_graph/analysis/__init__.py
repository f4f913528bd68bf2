"""The graph as analysts have it: ``cls_graph.open()``, typed tables, data frames, networks."""
