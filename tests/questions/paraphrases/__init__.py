"""Changes that mean nothing: what they are, the questions they are tried on, and how the program holds up.

- `changes`: each change as a function from a question to another way of putting it
- `sample`: a fixed sample of labelled questions, chosen by hash
- `report`: every change on the whole sample against an index
"""
