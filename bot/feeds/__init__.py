"""What comes from the web: fetched with a guard, read in processes that can be killed."""
