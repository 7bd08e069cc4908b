"""The few questions that need a dialogue of their own: a reason, a name."""
