"""Projects with their gates, permits with their terms, lists of what is to be given up."""
