"""The panels round the boards: scenarios, changes, breaches, details, solving, indicators."""
