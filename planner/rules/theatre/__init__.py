"""Rule types of theatre schedules, one a file; a new file here is a new rule type."""
