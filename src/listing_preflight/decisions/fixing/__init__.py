"""A corrected copy of an export: only the cells of accepted rewrites change, all else stays byte for byte where the format allows."""
