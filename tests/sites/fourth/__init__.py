"""The fourth set: rooms written without knowledge of the reader, as an editor who follows forty companies meets them."""
