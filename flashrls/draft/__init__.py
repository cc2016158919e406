"""Worksheets: candidate cards made from a document, to be read by a person."""
