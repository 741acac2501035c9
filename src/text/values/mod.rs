//! stub
use crate::text::ByteSpan;
/// stub
#[derive(Debug, Clone)]
pub struct Value {
    /// s
    pub span: ByteSpan,
}
impl Value {
    /// s
    pub fn is_date(&self) -> bool {
        false
    }
}
/// stub
#[derive(Debug, PartialEq, Eq)]
pub enum Agreement {
    /// .
    Equal,
    /// .
    Compatible,
    /// .
    Different,
    /// .
    Incomparable,
}
/// stub
pub fn values(_c: &str, _w: ByteSpan, _p: Option<jiff::civil::DateTime>) -> Vec<Value> {
    Vec::new()
}
/// stub
pub fn agreement(_a: &Value, _b: &Value) -> Agreement {
    Agreement::Incomparable
}
