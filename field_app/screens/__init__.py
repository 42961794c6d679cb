"""One screen a file: it takes the state, draws it, and hands on what a person does. Nothing here can fail."""
