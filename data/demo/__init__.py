"""Seeded generators of demo hospitals; every person and case in them is made up."""
