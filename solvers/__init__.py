"""Everything that computes plans: annealing kernel, CP-SAT models, bounds and pipelines."""
