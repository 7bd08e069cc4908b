"""The domain: hospitals, cases, people, plans, rules and scores, in the standard library alone."""

__version__ = "0.1.0"
