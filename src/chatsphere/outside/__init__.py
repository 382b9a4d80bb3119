"""What leaves the process: one interface and its kinds per file."""
