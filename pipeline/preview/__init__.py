"""The preview: briefs in a browser, made again at each save, with what is wrong in them."""
