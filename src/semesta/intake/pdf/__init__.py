"""Tables in PDF files: letters and ruling lines in, sheets of rows out."""
