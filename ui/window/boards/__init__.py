"""Boards: painters of what `planner.boards` lays out, and what a hand may do on them."""
