"""allegiance: who sides with whom, according to whom, and which coalitions hold."""

__version__ = "0.1.0"
