"""Documents: files of several kinds read into text with headings, and cut into sections and sentences."""
