"""What a person does on the phone, as methods on observables that hold frozen values; testable without any page."""
