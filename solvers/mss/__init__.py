"""The master surgical schedule as a model of its own: which specialty owns which template."""
