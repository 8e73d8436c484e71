"""The graph in memory: immutable columns built from the store, their file, what is laid over them, and views of them."""
