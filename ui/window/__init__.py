"""The window: the second door, on Qt. It knows `planner` and `data`; everything computed comes from a worker."""
