"""Hostile bytes for every door of the program: one target for each, seeds made here, each crash kept as a test."""
