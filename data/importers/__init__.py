"""Readers of outside files, one form a file; a new file here is a new importer."""
