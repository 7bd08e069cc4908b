"""Rule types of staff rosters, one a file; a new file here is a new rule type."""
