"""Judging: how a name is used, which rights bind it, and what follows."""
