"""The few frozen types that two rooms both name, and the error base."""
