"""Who acts: actors, their classes, and which names are one."""
