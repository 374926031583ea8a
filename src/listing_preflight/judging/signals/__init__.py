"""Signals: pure predicates over a mention, one file a family; each yields a name with its evidence and decides nothing."""
