"""The window: the second door, on Qt; everything computed comes from a worker."""
