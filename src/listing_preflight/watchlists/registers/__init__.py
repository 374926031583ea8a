"""Official registers: import their files into one columnar list, search it, and see what changed in it."""
