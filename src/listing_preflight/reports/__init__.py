"""Reports: one file per output format; the only room where reason codes become prose."""
