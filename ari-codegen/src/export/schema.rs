//! Schemas of models and of their properties. They use only what JSON Schema 2020-12, which OpenAPI
//! has, and draft 7, which AsyncAPI has, understand alike.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};

use super::extensions::{self, Fields, add};
use super::format::Format;
use super::text;
use crate::api::{Allowed, Api, Model, Property, Scalar, Type};

/// Time stamps have an offset without a colon, so that they are no `date-time`.
const TIMESTAMP: &str = r"^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:?\d{2})$";

/// Returns the JSON Schema of all models.
pub(super) fn document(api: &Api) -> Value {
    let schemas = Schemas::new(api, Format::JsonSchema);
    let mut document = Fields::new();
    let dialect = "https://json-schema.org/draft/2020-12/schema";
    document.insert("$schema".into(), dialect.into());
    document.insert("title".into(), text::TITLE.into());
    document.insert(
        "description".into(),
        "A message of the WebSocket of events. Responses have the models in `$defs`.".into(),
    );
    document.insert("x-ari-releases".into(), text::version(api).into());
    if let Some(root) = api.event_root() {
        document.insert("$ref".into(), schemas.reference(&root.name).into());
    }
    document.insert("$defs".into(), schemas.models().into());
    document.into()
}

/// The schemas of an interface, in the dialect of a format.
pub(super) struct Schemas<'a> {
    pub(super) api: &'a Api,
    format: Format,
    /// The keys of models, which consist of letters, digits and `.-_`.
    keys: BTreeMap<&'a str, String>,
    /// The key of the body of failures, which is no model.
    pub(super) failure: String,
    /// The models that others extend, by the names of these.
    parents: BTreeMap<&'a str, &'a Model>,
}

impl<'a> Schemas<'a> {
    pub(super) fn new(api: &'a Api, format: Format) -> Self {
        let mut taken = BTreeSet::new();
        let keys = api.models().map(|(_, model)| {
            let key = claim(&mut taken, &model.name);
            (model.name.as_str(), key)
        });
        let keys = keys.collect();
        let failure = claim(&mut taken, "Failure");
        let mut parents = BTreeMap::new();
        for (_, parent) in api.models() {
            for name in &parent.sub_types {
                parents.entry(name.as_str()).or_insert(parent);
            }
        }
        Schemas {
            api,
            format,
            keys,
            failure,
            parents,
        }
    }

    /// Returns the address of a model's schema.
    pub(super) fn reference(&self, name: &str) -> String {
        let key = self.keys.get(name).map_or(name, String::as_str);
        match self.format {
            Format::JsonSchema => format!("#/$defs/{key}"),
            Format::OpenApi | Format::AsyncApi => format!("#/components/schemas/{key}"),
        }
    }

    /// Returns the key of a model.
    pub(super) fn key(&self, model: &Model) -> String {
        let key = self.keys.get(model.name.as_str());
        key.cloned().unwrap_or_else(|| model.name.clone())
    }

    /// Returns the schemas of all models, by key.
    pub(super) fn models(&self) -> Fields {
        let models = self.api.models();
        let schemas = models.map(|(_, model)| (self.key(model), self.model(model)));
        schemas.collect()
    }

    fn model(&self, model: &Model) -> Value {
        let mut schema = Fields::new();
        if self.key(model) != model.name {
            schema.insert("title".into(), model.name.clone().into());
        }
        let texts = [model.text.as_deref(), model.wire_text.as_deref()];
        add(&mut schema, "description", text::paragraphs(texts));
        let everywhere = self.api.full_availability();
        extensions::add_availability(&mut schema, &model.availability, &everywhere);
        match model.sub_types.is_empty() {
            true => schema.extend(self.object(model, None)),
            false => schema.extend(self.union(model)),
        }
        schema.into()
    }

    /// Returns the model and those that it extends, the root first.
    fn chain<'m>(&self, model: &'m Model) -> Vec<&'m Model>
    where
        'a: 'm,
    {
        let mut chain = vec![model];
        let mut name = model.name.as_str();
        while let Some(&parent) = self.parents.get(name) {
            chain.push(parent);
            name = &parent.name;
        }
        chain.reverse();
        chain
    }

    /// Returns the schema of the model itself, with inherited properties. `others` are the names of
    /// models that are not it.
    fn object(&self, model: &Model, others: Option<&[&str]>) -> Fields {
        let chain = self.chain(model);
        let discriminator = discriminator(&chain);
        let mut properties = Fields::new();
        let mut required: Vec<String> = discriminator.iter().cloned().collect();
        for property in chain.iter().flat_map(|model| &model.properties) {
            let mut schema = self.property(property, model);
            if discriminator.as_ref() == Some(&property.name) {
                let limit = match others {
                    None => ("const", Value::from(model.name.clone())),
                    Some(others) => ("not", json!({"enum": others})),
                };
                schema.insert(limit.0.into(), limit.1);
            } else if is_required(property, model) {
                required.retain(|name| *name != property.name);
                required.push(property.name.clone());
            }
            properties.insert(property.name.clone(), schema.into());
        }
        required.retain(|name| properties.contains_key(name));
        let mut schema = Fields::new();
        schema.insert("type".into(), "object".into());
        match properties.is_empty() {
            true => schema.insert("additionalProperties".into(), true.into()),
            false => schema.insert("properties".into(), properties.into()),
        };
        if !required.is_empty() {
            schema.insert("required".into(), required.into());
        }
        schema
    }

    /// Returns the schema of a model with subtypes: one of these, or one that is not known.
    fn union(&self, model: &Model) -> Fields {
        let leaves = self.api.leaves(model);
        let names: Vec<&str> = leaves.iter().map(|leaf| leaf.name.as_str()).collect();
        let known = names
            .iter()
            .map(|name| json!({"$ref": self.reference(name)}));
        let unknown = self.object(model, Some(&names));
        let mut schema = Fields::new();
        schema.insert("anyOf".into(), known.chain([unknown.into()]).collect());
        if let (Some(property), Format::OpenApi) = (discriminator(&self.chain(model)), self.format)
        {
            let targets = names.iter();
            let mapping: Fields = targets
                .map(|name| ((*name).to_owned(), self.reference(name).into()))
                .collect();
            let discriminator = json!({"propertyName": property, "mapping": mapping});
            schema.insert("discriminator".into(), discriminator);
        }
        schema
    }

    fn property(&self, property: &Property, model: &Model) -> Fields {
        let covered = &model.availability;
        let mut notes = Fields::new();
        let texts = [property.text.as_deref(), property.wire_text.as_deref()];
        add(&mut notes, "description", text::paragraphs(texts));
        let unit = property.duration.map(extensions::unit);
        add(&mut notes, "x-ari-duration", unit);
        extensions::add_availability(&mut notes, &property.availability, covered);
        if !is_required(property, model) {
            extensions::add_required_in(
                &mut notes,
                &property.required_in,
                &property.availability,
                covered,
            );
        }
        let allowed = property.allowed.as_ref();
        extensions::add_values(&mut notes, allowed, &property.availability);
        annotate(limit(self.of_type(&property.kind), allowed), notes)
    }

    /// Returns the schema of a type.
    pub(super) fn of_type(&self, kind: &Type) -> Value {
        match kind {
            // `int` is 32 bits in most places, but unsigned ones exceed what is signed.
            Type::Scalar(Scalar::Int) => scalar(Scalar::Long),
            Type::Scalar(kind) => scalar(*kind),
            Type::Date => json!({"type": "string", "pattern": TIMESTAMP}),
            Type::Object => json!({"type": "object", "additionalProperties": true}),
            Type::Any => json!({}),
            Type::Model(name) => json!({"$ref": self.reference(name)}),
            Type::List(item) => json!({"type": "array", "items": self.of_type(item)}),
        }
    }
}

/// Returns the property that distinguishes subtypes.
fn discriminator(chain: &[&Model]) -> Option<String> {
    let mut chain = chain.iter();
    chain.find_map(|model| model.discriminator.clone())
}

/// Returns `true` if each release that has the model always sends the property, which it may have
/// inherited.
fn is_required(property: &Property, model: &Model) -> bool {
    property.required || property.required_in.is_superset(&model.availability)
}

/// Returns the schema of a single value.
pub(super) fn scalar(kind: Scalar) -> Value {
    match kind {
        Scalar::Text => json!({"type": "string"}),
        Scalar::Boolean => json!({"type": "boolean"}),
        Scalar::Int => json!({"type": "integer", "format": "int32"}),
        Scalar::Long => json!({"type": "integer", "format": "int64"}),
        Scalar::Double => json!({"type": "number", "format": "double"}),
    }
}

/// Returns a schema with the known values, beside which others are valid, or with the range.
pub(super) fn limit(mut schema: Value, allowed: Option<&Allowed>) -> Value {
    if let Some(items) = schema.get_mut("items") {
        *items = limit(items.take(), allowed);
        return schema;
    }
    match allowed {
        Some(Allowed::Values(values)) if schema["type"] == "string" && !values.is_empty() => {
            let values = values.iter().map(|value| Value::from(value.value.clone()));
            let known = json!({"type": "string", "enum": values.collect::<Value>()});
            json!({"anyOf": [known, schema]})
        }
        Some(Allowed::Range { min, max }) => {
            if let Value::Object(schema) = &mut schema {
                add(schema, "minimum", *min);
                add(schema, "maximum", *max);
            }
            schema
        }
        _ => schema,
    }
}

/// Adds notes to a schema. Beside a reference, some tools ignore them.
pub(super) fn annotate(schema: Value, notes: Fields) -> Fields {
    match schema {
        Value::Object(mut fields) if !fields.contains_key("$ref") || notes.is_empty() => {
            fields.extend(notes);
            fields
        }
        schema => {
            let mut fields = Fields::new();
            fields.insert("allOf".into(), json!([schema]));
            fields.extend(notes);
            fields
        }
    }
}

/// Returns a key for a name that no other has, and takes it.
pub(super) fn claim(taken: &mut BTreeSet<String>, name: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
    let mut key: String = name
        .chars()
        .map(|c| if plain(c) { c } else { '_' })
        .collect();
    while key.is_empty() || taken.contains(&key) {
        key.push('_');
    }
    taken.insert(key.clone());
    key
}
