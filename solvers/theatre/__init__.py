"""The pipeline that fills theatre sessions and gives cases their starts."""
