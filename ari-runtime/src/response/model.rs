//! Models: structs that are deserialized from JSON objects, and serialized as such.
//!
//! serde's derived code is compiled separately for every field of every model, with all possible
//! errors of each, which was a fifth of this crate's compiled code. Here a model only describes its
//! fields, and one function does the rest. Unlike derived code it reads only objects, not arrays of
//! fields in their order. Such arrays could not be read anyway if empty fields are omitted.

use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, Error as _, MapAccess, Visitor};

/// The description of a model. The macro `model!` implements it.
pub trait Model: Default {
    /// The name on the wire.
    const NAME: &'static str;
    /// The names of the fields on the wire.
    const FIELDS: &'static [&'static str];
    /// True for each field that is required.
    const REQUIRED: &'static [bool];

    /// Reads the value of the field with this index, or skips the value if there is no such field.
    ///
    /// # Errors
    /// Returns the errors of decoding the value.
    fn read<'de, A: MapAccess<'de>>(&mut self, member: usize, from: &mut A)
    -> Result<(), A::Error>;
}

/// Reads a model.
///
/// # Errors
/// Returns the same errors as derived code: a value has another type, or a field is missing or
/// duplicated.
pub fn decode_model<'de, T: Model, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    let mut model = T::default();
    match decode_model_into(&mut model, deserializer) {
        Ok(()) => Ok(model),
        Err(error) => Err(error),
    }
}

/// Reads a model into its place, whose fields have their default values. Events have hundreds of
/// bytes, and moving them costs time.
///
/// # Errors
/// Returns the same errors as [`decode_model`].
pub(crate) fn decode_model_into<'de, T: Model, D: Deserializer<'de>>(
    place: &mut T,
    deserializer: D,
) -> Result<(), D::Error> {
    deserializer.deserialize_map(ModelVisitor(place))
}

struct ModelVisitor<'m, T>(&'m mut T);

impl<'de, T: Model> Visitor<'de> for ModelVisitor<'_, T> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("struct ")?;
        f.write_str(T::NAME)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut from: A) -> Result<(), A::Error> {
        let mut read = |member, from: &mut A| self.0.read(member, from);
        decode_fields(T::FIELDS, T::REQUIRED, &mut from, &mut read)
    }
}

/// Reads the value of a field, like [`Model::read`], without naming the model's type.
type DecodeFieldFn<'r, A, E> = &'r mut dyn FnMut(usize, &mut A) -> Result<(), E>;

/// Reads the fields of any model.
fn decode_fields<'de, A: MapAccess<'de>>(
    names: &'static [&'static str],
    required: &[bool],
    from: &mut A,
    read: DecodeFieldFn<'_, A, A::Error>,
) -> Result<(), A::Error> {
    let mut seen = FieldSet::new(names.len());
    let mut next = 0;
    while let Some(member) = from.next_key_seed(FieldNameSeed { names, next })? {
        if let Some(name) = names.get(member) {
            if !seen.insert(member) {
                return Err(A::Error::duplicate_field(name));
            }
            next = member + 1;
        }
        read(member, from)?;
    }
    let mut missing = names.iter().zip(required).enumerate();
    match missing.find(|(member, (_, required))| **required && !seen.contains(*member)) {
        Some((_, (name, _))) => Err(A::Error::missing_field(name)),
        None => Ok(()),
    }
}

/// Finds a field by its name. Tries the one first that is likely to be next.
struct FieldNameSeed {
    names: &'static [&'static str],
    next: usize,
}

impl<'de> DeserializeSeed<'de> for FieldNameSeed {
    type Value = usize;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<usize, D::Error> {
        deserializer.deserialize_identifier(self)
    }
}

impl Visitor<'_> for FieldNameSeed {
    /// The index of the field, or the number of fields if there is none of that name.
    type Value = usize;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the name of a member")
    }

    fn visit_str<E>(self, text: &str) -> Result<usize, E> {
        let is_here = |name: &&str| *name == text;
        // Asterisk writes the fields in the order of the specs, and leaves out some.
        let (before, after) = self.names.split_at(self.next.min(self.names.len()));
        let place = match after.iter().position(is_here) {
            Some(place) => Some(before.len() + place),
            None => before.iter().position(is_here),
        };
        Ok(place.unwrap_or(self.names.len()))
    }
}

/// The set of fields that were read, with one bit for each.
struct FieldSet {
    first: u64,
    /// Few models have more than 64 fields.
    more: Vec<u64>,
}

impl FieldSet {
    fn new(members: usize) -> Self {
        FieldSet {
            first: 0,
            more: vec![0; members / 64],
        }
    }

    /// Returns false if the field was already in the set.
    fn insert(&mut self, member: usize) -> bool {
        let is_new = !self.contains(member);
        let bits = match member / 64 {
            0 => &mut self.first,
            block => &mut self.more[block - 1],
        };
        *bits |= 1 << (member % 64);
        is_new
    }

    fn contains(&self, member: usize) -> bool {
        let bits = match member / 64 {
            0 => self.first,
            block => self.more[block - 1],
        };
        bits & 1 << (member % 64) != 0
    }
}

/// Makes a struct a [`Model`] with serde: `model!(Name = named("Name on the wire"), member =
/// required("name on the wire"), …)`.
///
/// Fields that are `optional` have the type `Option`, and are not written if they are `None`. Those
/// that are `defaulted` keep the value of `Default` if they are missing. A
/// unit and a number type after the name (`"duration", Seconds as Int`) make the field a
/// `Duration`. `tagged(tag, name)` instead of `named` writes its name as a field before all others.
///
/// For generated bindings.
#[doc(hidden)]
#[macro_export]
macro_rules! __model {
    // Trailing commas are allowed, because a formatter adds them when it breaks a long line.
    ($model:ident = $kind:ident($($called:literal),+ $(,)?) $(, $member:ident = $presence:ident($name:literal $(, $unit:ident as $number:ident)? $(,)?))* $(,)?) => {
        impl $crate::codegen::Model for $model {
            const NAME: &'static str = $crate::__model!(@name $kind $($called),+);
            const FIELDS: &'static [&'static str] = &[$($name),*];
            const REQUIRED: &'static [bool] = &[$($crate::__model!(@required $presence)),*];

            fn read<'de, A: serde::de::MapAccess<'de>>(
                &mut self,
                member: usize,
                from: &mut A,
            ) -> Result<(), A::Error> {
                // There are models without fields.
                #[allow(non_camel_case_types, dead_code)]
                enum Place { $($member),* }

                match member {
                    $(place if place == Place::$member as usize => {
                        $crate::__model!(@read self.$member, from $(, $unit, $number)?)
                    })*
                    _ => $crate::codegen::decode_field(&mut serde::de::IgnoredAny, from),
                }
            }
        }

        impl<'de> serde::Deserialize<'de> for $model {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                $crate::codegen::decode_model(deserializer)
            }
        }

        impl serde::Serialize for $model {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                use serde::ser::SerializeStruct as _;

                let count = $crate::__model!(@tags $kind)
                    $(+ $crate::__model!(@count $presence self.$member))*;
                let name = <Self as $crate::codegen::Model>::NAME;
                #[allow(unused_mut)]
                let mut into = serializer.serialize_struct(name, count)?;
                $crate::__model!(@tag $kind into $($called),+);
                $($crate::__model!(@write $presence into $name self.$member $(, $unit, $number)?);)*
                into.end()
            }
        }
    };
    (@name named $name:literal) => { $name };
    (@name tagged $tag:literal, $name:literal) => { $name };
    (@tags named) => { 0 };
    (@tags tagged) => { 1 };
    (@tag named $into:ident $name:literal) => {};
    (@tag tagged $into:ident $tag:literal, $name:literal) => {
        $into.serialize_field($tag, $name)?;
    };
    (@read $place:expr, $from:ident) => {
        $crate::codegen::decode_field(&mut $place, $from)
    };
    (@read $place:expr, $from:ident, $unit:ident, $number:ident) => {
        $crate::codegen::read_duration(
            &mut $place,
            $crate::codegen::DurationUnit::$unit,
            $crate::codegen::Scalar::$number,
            $from,
        )
    };
    (@duration $duration:expr, $unit:ident, $number:ident) => {
        $crate::codegen::WrittenDuration {
            duration: $duration,
            unit: $crate::codegen::DurationUnit::$unit,
            number: $crate::codegen::Scalar::$number,
        }
    };
    (@required required) => { true };
    (@required optional) => { false };
    (@required defaulted) => { false };
    (@count required $value:expr) => { 1 };
    (@count defaulted $value:expr) => { 1 };
    (@count optional $value:expr) => { usize::from($value.is_some()) };
    (@write required $into:ident $name:literal $value:expr) => {
        $into.serialize_field($name, &$value)?;
    };
    (@write defaulted $into:ident $name:literal $value:expr) => {
        $into.serialize_field($name, &$value)?;
    };
    (@write optional $into:ident $name:literal $value:expr) => {
        match &$value {
            Some(value) => $into.serialize_field($name, value)?,
            None => $into.skip_field($name)?,
        }
    };
    (@write required $into:ident $name:literal $value:expr, $unit:ident, $number:ident) => {
        $into.serialize_field($name, &$crate::__model!(@duration $value, $unit, $number))?;
    };
    (@write optional $into:ident $name:literal $value:expr, $unit:ident, $number:ident) => {
        match $value {
            Some(value) => $into
                .serialize_field($name, &$crate::__model!(@duration value, $unit, $number))?,
            None => $into.skip_field($name)?,
        }
    };
}

/// Reads the value of a field into `place`.
///
/// # Errors
/// Returns the errors of decoding the value.
#[doc(hidden)]
pub fn decode_field<'de, T: serde::Deserialize<'de>, A: MapAccess<'de>>(
    place: &mut T,
    from: &mut A,
) -> Result<(), A::Error> {
    match from.next_value() {
        Ok(value) => {
            *place = value;
            Ok(())
        }
        Err(error) => Err(error),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::from_str;
    use serde_json::to_string;

    use super::FieldSet;
    use crate::codegen as runtime;
    use crate::json;

    #[derive(Debug, Default, PartialEq)]
    struct Call {
        kind: String,
        cause: Option<i64>,
        legs: Vec<Call>,
    }

    runtime::model!(
        Call = tagged("type", "CALL",),
        kind = required("call-kind"),
        cause = optional("cause",),
        legs = required("legs"),
    );

    /// The same with serde's derived code.
    #[derive(Debug, Default, PartialEq, serde::Deserialize, serde::Serialize)]
    #[serde(tag = "type", rename = "CALL")]
    struct Derived {
        #[serde(rename = "call-kind")]
        kind: String,
        #[serde(skip_serializing_if = "Option::is_none")]
        cause: Option<i64>,
        legs: Vec<Derived>,
    }

    #[test]
    fn models_match_derived_serde_code() {
        for text in [
            r#"{"call-kind": "a", "legs": []}"#,
            r#"{"legs": [{"legs": [], "call-kind": "\u00e9"}], "cause": 16, "call-kind": "b"}"#,
            r#"{"type": "other", "call-kind": "a", "cause": null, "legs": [], "x": [{"y": 1}]}"#,
            r#"{"call-kind": "a"}"#,
            r#"{"legs": []}"#,
            r#"{"call-kind": null, "legs": []}"#,
            r#"{"call-kind": "a", "legs": [{}]}"#,
            r#"{"call-kind": "a", "legs": {}}"#,
            r#"{"call-kind": "a", "legs": [], "cause": 1, "cause": 1}"#,
            r#"{"call-kind": "a", "x": 1, "x": 1, "legs": []}"#,
            r#"{"call-kind": "a", "legs": [], "cause": "1"}"#,
            r#"{"call-kind": "a", "legs": []"#,
            r#""a call""#,
            "{}",
            "",
        ] {
            let expected = from_str::<Derived>(text);
            let found = from_str::<Call>(text);
            match (expected, found) {
                (Ok(expected), Ok(found)) => {
                    let written = to_string(&found).unwrap();
                    assert_eq!(written, to_string(&expected).unwrap());
                    assert_eq!(json::from_str::<Call>(&written).unwrap(), found);
                    assert_eq!(from_str::<Call>(&written).unwrap(), found);
                }
                (Err(expected), Err(found)) => {
                    // Derived code uses the name in Rust.
                    let expected = expected.to_string().replace("Derived", "CALL");
                    assert_eq!(found.to_string(), expected, "{text}");
                    assert!(json::from_str::<Call>(text).is_err());
                }
                other => panic!("{text}: {other:?}"),
            }
        }
    }

    #[test]
    fn members_are_counted_once() {
        for members in [1, 63, 64, 65, 128, 200] {
            let mut seen = FieldSet::new(members);
            for member in 0..members {
                assert!(!seen.contains(member) && seen.insert(member));
                assert!(seen.contains(member) && !seen.insert(member));
            }
        }
    }
}
