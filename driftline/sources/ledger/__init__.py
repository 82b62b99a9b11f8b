"""The ledger's text: read strictly, and written without touching what people wrote."""
