"""The pipeline that fills staff rosters."""
