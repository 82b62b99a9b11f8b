"""The nouns: frozen records that know nothing but each other."""
