"""Comma-separated files as people and spreadsheets write them: text, headers, cells, records."""
