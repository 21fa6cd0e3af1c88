"""Words of scanned pages and pictures, recognised offline, each with its confidence."""
