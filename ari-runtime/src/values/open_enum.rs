//! Open enums: known values are variants, and any other value is `Other`.

/// Implements the values on the wire for an enum with a variant `Other(String)`: `as_str`,
/// `Display`, `From<&str>`, `From<String>`, `Default` (the empty text), serde, and use as a
/// parameter.
///
/// For generated bindings.
#[doc(hidden)]
#[macro_export]
macro_rules! __open_enum {
    ($name:ident, $($variant:ident = $wire:literal),+ $(,)?) => {
        impl $name {
            /// The values that these bindings know, as on the wire.
            pub const KNOWN: &'static [&'static str] = &[$($wire),+];

            /// Returns the value on the wire.
            #[inline]
            pub fn as_str(&self) -> &str {
                match self {
                    $($name::$variant => $wire,)+
                    $name::Other(value) => value,
                }
            }

            #[inline]
            fn known(value: &str) -> Option<Self> {
                match value {
                    $($wire => Some($name::$variant),)+
                    _ => None,
                }
            }
        }

        impl std::fmt::Display for $name {
            #[inline]
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.as_str())
            }
        }

        impl From<&str> for $name {
            #[inline]
            fn from(value: &str) -> Self {
                $name::known(value).unwrap_or_else(|| $name::Other(value.to_owned()))
            }
        }

        impl From<String> for $name {
            #[inline]
            fn from(value: String) -> Self {
                $name::known(&value).unwrap_or($name::Other(value))
            }
        }

        /// The empty text, which stands for no value.
        impl Default for $name {
            #[inline]
            fn default() -> Self {
                $name::Other(String::new())
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.as_str())
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                struct Visitor;

                impl serde::de::Visitor<'_> for Visitor {
                    type Value = $name;

                    #[inline]
                    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        f.write_str("a string")
                    }

                    fn visit_str<E: serde::de::Error>(self, value: &str) -> Result<$name, E> {
                        Ok(value.into())
                    }
                }

                deserializer.deserialize_str(Visitor)
            }
        }

        impl $crate::codegen::ToParamValue for $name {
            #[inline]
            fn to_param_value(&self) -> Option<$crate::codegen::ParamValue> {
                Some($crate::codegen::ParamValue::Text(self.as_str().to_owned()))
            }
        }
    };
}
