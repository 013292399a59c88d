//! A small export, word for word.
