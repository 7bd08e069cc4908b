"""Indicators of a plan, one family a file; a new file here is a new indicator."""
