"""Charts, painted by ourselves."""
