"""What a clock, a queue or a command may start, by name; each job is safe to run twice."""
