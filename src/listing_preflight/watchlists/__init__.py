"""Watch-lists: read them, refuse what is wrong with them, and hand them on as frozen values."""
