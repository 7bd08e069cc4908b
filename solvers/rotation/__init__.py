"""Rotations: lines of weeks that come back, found as one model whose cells are tied by their line."""
