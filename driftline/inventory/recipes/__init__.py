"""What a tool would have to render for each environment, and what cannot be rendered here."""
