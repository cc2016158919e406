"""The library on disk: the only rooms that speak SQL. Values go in, values come out."""
