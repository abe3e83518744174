//! The fields of actions and of responses.

/// A field of an action or of a response.
#[derive(Debug)]
#[non_exhaustive]
pub struct Field {
    /// The name.
    pub name: &'static str,
    /// The meaning, with the default.
    pub description: &'static str,
    /// The type and the range of its values.
    pub kind: FieldKind,
    /// True if it must be given, or is always present in a response.
    pub required: bool,
}

/// The type and the range of the values of a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum FieldKind {
    /// A string that is not empty.
    Text,
    /// A string of keys: 0 to 9, A to D, `*` and `#`.
    Keys,
    /// A list of strings.
    Texts,
    /// A whole number in a range. `3.0` and `3e0` are whole, too.
    Integer(i64, i64),
    /// A number of seconds from 0 to a week, with fractions.
    Seconds,
    /// A number of seconds from 0 to a maximum, with fractions.
    SecondsUpTo(u32),
    /// A number of seconds from 0, with fractions. Only in responses.
    Time,
    /// True or false; in a query `true` or `false`.
    Boolean,
    /// An object. Only in responses.
    Object,
    /// A list of objects. Only in responses.
    Objects,
    /// Any JSON value. Only in responses.
    Any,
}

impl Field {
    pub(crate) const fn required(
        name: &'static str,
        kind: FieldKind,
        description: &'static str,
    ) -> Self {
        Field {
            name,
            description,
            kind,
            required: true,
        }
    }

    pub(crate) const fn optional(
        name: &'static str,
        kind: FieldKind,
        description: &'static str,
    ) -> Self {
        Field {
            name,
            description,
            kind,
            required: false,
        }
    }
}
