"""question × articles → sentences by how likely each answers: words, facts, time, vectors."""
