//! loops
pub struct Loop;
pub fn loops() {}
