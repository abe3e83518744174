//! Values of parameters.

/// A type that can be the value of a parameter.
pub trait ToParamValue {
    /// Returns the value. `None` if the parameter is not given.
    fn to_param_value(&self) -> Option<ParamValue>;
}

/// The value of a parameter.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
#[expect(missing_docs, reason = "the names say it")]
pub enum ParamValue {
    Text(String),
    Boolean(bool),
    Integer(i64),
    Double(f64),
    List(Vec<ParamValue>),
    Json(serde_json::Value),
}

impl ParamValue {
    /// Returns the value if it is a text.
    pub fn as_str(&self) -> Option<&str> {
        match self {
            ParamValue::Text(text) => Some(text),
            _ => None,
        }
    }

    pub(crate) fn contains_nul(&self) -> bool {
        match self {
            ParamValue::Text(text) => text.contains('\0'),
            ParamValue::List(items) => items.iter().any(ParamValue::contains_nul),
            _ => false,
        }
    }

    /// Returns the text of a query value, before percent-encoding. Lists are separated by commas.
    pub(crate) fn to_text(&self) -> String {
        match self {
            ParamValue::Text(text) => text.clone(),
            ParamValue::Boolean(value) => value.to_string(),
            ParamValue::Integer(value) => value.to_string(),
            ParamValue::Double(value) => value.to_string(),
            ParamValue::List(items) => items
                .iter()
                .map(ParamValue::to_text)
                .collect::<Vec<_>>()
                .join(","),
            ParamValue::Json(value) => value.to_string(),
        }
    }

    /// Returns the value for a JSON body. Numbers and booleans keep their type, because Asterisk
    /// reads `"300"` as 0.
    pub(crate) fn to_json(&self) -> serde_json::Value {
        match self {
            ParamValue::Text(text) => text.as_str().into(),
            ParamValue::Boolean(value) => (*value).into(),
            ParamValue::Integer(value) => (*value).into(),
            ParamValue::Double(value) => (*value).into(),
            ParamValue::List(items) => items.iter().map(ParamValue::to_json).collect(),
            ParamValue::Json(value) => value.clone(),
        }
    }

    /// Returns true if Asterisk's parsing of a query preserves the value. Asterisk splits lists at
    /// commas, interprets quotes, backslashes and parentheses in them, and drops empty values.
    pub(crate) fn survives_query(&self) -> bool {
        let special = |c: char| matches!(c, ',' | '\\' | '"' | '\'' | '(' | ')');
        match self {
            ParamValue::List(items) => {
                !items.is_empty()
                    && items.iter().all(|item| {
                        let text = item.to_text();
                        !text.is_empty() && !text.contains(special) && text.trim() == text
                    })
            }
            ParamValue::Json(_) => false,
            _ => true,
        }
    }
}

impl ToParamValue for String {
    fn to_param_value(&self) -> Option<ParamValue> {
        Some(ParamValue::Text(self.clone()))
    }
}

impl ToParamValue for bool {
    fn to_param_value(&self) -> Option<ParamValue> {
        Some(ParamValue::Boolean(*self))
    }
}

impl ToParamValue for i32 {
    fn to_param_value(&self) -> Option<ParamValue> {
        Some(ParamValue::Integer((*self).into()))
    }
}

impl ToParamValue for i64 {
    fn to_param_value(&self) -> Option<ParamValue> {
        Some(ParamValue::Integer(*self))
    }
}

impl ToParamValue for f64 {
    fn to_param_value(&self) -> Option<ParamValue> {
        Some(ParamValue::Double(*self))
    }
}

impl<T: ToParamValue> ToParamValue for Option<T> {
    fn to_param_value(&self) -> Option<ParamValue> {
        self.as_ref()?.to_param_value()
    }
}

impl<T: ToParamValue> ToParamValue for Vec<T> {
    fn to_param_value(&self) -> Option<ParamValue> {
        Some(ParamValue::List(
            self.iter()
                .filter_map(ToParamValue::to_param_value)
                .collect(),
        ))
    }
}
