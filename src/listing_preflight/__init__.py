"""Check e-commerce listings for likely trademark, copyright and design risks before they are published."""

__version__ = "0.1.0"
