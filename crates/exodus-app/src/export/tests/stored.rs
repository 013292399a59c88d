//! An export through a store.
