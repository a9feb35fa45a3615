"""What programs may ask for besides questions: scores, rankings, filters, comparisons, passages, definitions, what is loaded.

Every request is answered by the engine that answers questions. All is pure: a snapshot and checked arguments in, JSON types out.
Public: `operations.OPERATIONS` lists the requests with their schemas; `arguments` checks what was sent.
"""
