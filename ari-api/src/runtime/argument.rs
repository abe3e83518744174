//! Values of query parameters.

/// A type that can be the value of a query parameter.
pub trait Argument {
    /// Returns the value. `None` if the parameter is not given.
    fn argument(&self) -> Option<ArgumentValue>;
}

/// The value of a query parameter.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
#[expect(missing_docs, reason = "the names say it")]
pub enum ArgumentValue {
    Text(String),
    Boolean(bool),
    Integer(i64),
    Double(f64),
    List(Vec<ArgumentValue>),
}

impl ArgumentValue {
    /// Returns the text of a query value, before percent-encoding. Lists are separated by commas.
    pub(crate) fn to_text(&self) -> String {
        match self {
            ArgumentValue::Text(text) => text.clone(),
            ArgumentValue::Boolean(value) => value.to_string(),
            ArgumentValue::Integer(value) => value.to_string(),
            ArgumentValue::Double(value) => value.to_string(),
            ArgumentValue::List(items) => items
                .iter()
                .map(ArgumentValue::to_text)
                .collect::<Vec<_>>()
                .join(","),
        }
    }

    /// Returns the value for a JSON body. Numbers and booleans keep their type, because Asterisk
    /// reads `"300"` as 0.
    pub(crate) fn to_json(&self) -> serde_json::Value {
        match self {
            ArgumentValue::Text(text) => text.as_str().into(),
            ArgumentValue::Boolean(value) => (*value).into(),
            ArgumentValue::Integer(value) => (*value).into(),
            ArgumentValue::Double(value) => (*value).into(),
            ArgumentValue::List(items) => items.iter().map(ArgumentValue::to_json).collect(),
        }
    }

    /// Returns true if Asterisk's parsing of a query preserves the value. Asterisk splits lists at
    /// commas, interprets quotes, backslashes and parentheses in them, and drops empty values.
    pub(crate) fn survives_query(&self) -> bool {
        let special = |c: char| matches!(c, ',' | '\\' | '"' | '\'' | '(' | ')');
        match self {
            ArgumentValue::List(items) => {
                !items.is_empty()
                    && items.iter().all(|item| {
                        let text = item.to_text();
                        !text.is_empty() && !text.contains(special) && text.trim() == text
                    })
            }
            _ => true,
        }
    }
}

impl Argument for String {
    fn argument(&self) -> Option<ArgumentValue> {
        Some(ArgumentValue::Text(self.clone()))
    }
}

impl Argument for bool {
    fn argument(&self) -> Option<ArgumentValue> {
        Some(ArgumentValue::Boolean(*self))
    }
}

impl Argument for i32 {
    fn argument(&self) -> Option<ArgumentValue> {
        Some(ArgumentValue::Integer((*self).into()))
    }
}

impl Argument for i64 {
    fn argument(&self) -> Option<ArgumentValue> {
        Some(ArgumentValue::Integer(*self))
    }
}

impl Argument for f64 {
    fn argument(&self) -> Option<ArgumentValue> {
        Some(ArgumentValue::Double(*self))
    }
}

impl<T: Argument> Argument for Option<T> {
    fn argument(&self) -> Option<ArgumentValue> {
        self.as_ref()?.argument()
    }
}

impl<T: Argument> Argument for Vec<T> {
    fn argument(&self) -> Option<ArgumentValue> {
        Some(ArgumentValue::List(
            self.iter().filter_map(Argument::argument).collect(),
        ))
    }
}
