"""Store: one database for everything a person keeps."""
