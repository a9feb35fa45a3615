"""Text to vectors: the interface, sentence-transformers for passages, ONNX for questions.

Public: `protocol.Encoder`, `ModelSpec` and `Encoded`, `sentence_transformer.open_encoder`, `deferred.passage_encoder`,
`onnx_question.open_question_encoder`.
"""
