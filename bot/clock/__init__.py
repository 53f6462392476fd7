"""The ticker: what calls the jobs."""
