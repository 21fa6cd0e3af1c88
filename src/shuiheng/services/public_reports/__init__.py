"""Reports by the public (公众反映): taken in without an account, sorted, answered, published."""
