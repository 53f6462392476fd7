"""What reads articles and answers questions: the built-in engine, and a language model."""
