"""OCR engines: one file each, all with the same two functions."""
