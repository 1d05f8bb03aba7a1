"""Actions: what a user can do, one file and one function each."""
