"""Files: the study file, importers, exporters, reports and demo hospitals."""
