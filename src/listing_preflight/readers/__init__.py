"""Readers: one file per export format; each yields listings and gaps as it goes."""
