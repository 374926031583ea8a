"""A local page on which people decide about findings; each decision is a suppression file."""
