"""The version of the rules by which everything derived was inferred.

Layouts, roles, layers, actors and successors are opinions about what was read.
Whoever changes an opinion raises this number; what was derived under another
one is then derived again from the history, which never changes.
"""

RULES_VERSION = 1
