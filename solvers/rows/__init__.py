"""The engine room: rules compiled to arrays, searched by one kernel and by CP-SAT."""
