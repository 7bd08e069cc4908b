"""Risk: what may become of a plan when durations are as they come."""
