"""Detectors: take batches of listings, yield hits and gaps, hold no opinion; all of them stand in `registry`."""
