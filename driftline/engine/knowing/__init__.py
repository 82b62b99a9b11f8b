"""What is loaded from the store for questions: layouts, units, people, owners."""
