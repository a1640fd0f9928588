"""What the DOCX renderer is made of. Bare section numbers are of ECMA-376-1:2016."""
