"""``cls-graph publish``: the pages, data and files of a release in a folder that any web server can hold."""
