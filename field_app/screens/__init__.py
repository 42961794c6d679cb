"""One screen a file: each takes the state, draws it, and hands on what a person does. No logic, nothing that can fail."""
