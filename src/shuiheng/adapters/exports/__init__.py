"""Writers of workbooks, comma-separated files and Word documents."""
