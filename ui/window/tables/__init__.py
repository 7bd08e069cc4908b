"""Tables of facts, and the forms of rules."""
