"""What keeps an engine from reading any picture at all."""


class EngineError(Exception):
    """An engine that is installed and cannot be used."""
