"""Anchors: verbatim phrases of a document, found again, followed through its changes, and counted up."""
