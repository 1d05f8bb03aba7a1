"""Report: records to charts and documents."""
