"""Text to vectors: the protocol, sentence-transformers for passages, ONNX for questions."""
