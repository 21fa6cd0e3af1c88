"""Pages saved from web sites: the article found, its tables read, the furniture left out."""
