"""Files of arrays: written whole or not at all, checked when they are opened, mapped, and every read of them guarded."""
