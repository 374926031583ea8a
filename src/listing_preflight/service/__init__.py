"""The gate over HTTP: the same engine, lists and verdicts as `preflight gate`, kept ready between requests."""
