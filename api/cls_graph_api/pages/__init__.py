"""The pages for people: lists with facets, one page a thing, comparison, matrix, timeline, search.

All are plain GETs with links and forms that work without a script, from an index of the release that is
read once (``index``) and from the query service.
"""
