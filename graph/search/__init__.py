"""From names to nodes: who is meant by a name, and whose names come closest."""
