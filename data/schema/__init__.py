"""The SQL of each released version of the study file."""
