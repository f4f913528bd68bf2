"""A package, so that Chromium is closed after its last test and not with the session."""
