"""The texts of files, as git keeps them."""
