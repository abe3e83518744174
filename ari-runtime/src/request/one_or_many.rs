//! One value or several, for parameters that take a list.

/// Values that a parameter which takes a list accepts: one value, or anything that yields several.
///
/// ```
/// use ari_api::channels::Play;
///
/// let one = Play::new("1763862531.42", "sound:hello-world");
/// let many = Play::new("1763862531.42", ["sound:hello", "sound:world"]);
/// let words = vec![String::from("hello"), String::from("world")];
/// let made = Play::new("1763862531.42", words.iter().map(|word| format!("sound:{word}")));
/// assert_eq!(many, made);
/// # assert_ne!(one, many);
/// ```
///
/// `Form` is [`One`] or [`Many`], and is always inferred. It distinguishes the two implementations.
///
/// A literal `[]` has no type of its own, and many types are accepted, so it does not compile (E0282).
/// Leave the parameter out instead, or write `[""; 0]`:
///
/// ```
/// use ari_api::channels::Originate;
///
/// let call = Originate::new("PJSIP/alice").app("hello").app_args([""; 0]);
/// # let _ = call;
/// ```
///
/// ```compile_fail,E0282
/// use ari_api::channels::Originate;
///
/// let call = Originate::new("PJSIP/alice").app("hello").app_args([]);
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` is neither a value of a list of `{T}` nor a collection of such values",
    label = "expected one value, or an array, `Vec` or iterator of values",
    note = "give `\"sound:hello-world\"`, or `[\"sound:hello\", \"sound:world\"]`"
)]
pub trait OneOrMany<T, Form> {
    /// Returns the values in their order.
    fn into_list(self) -> Vec<T>;
}

/// The [`OneOrMany`] of a single value.
#[derive(Debug)]
pub enum One {}

/// The [`OneOrMany`] of a collection.
#[derive(Debug)]
pub enum Many {}

impl<T, V: Into<T>> OneOrMany<T, One> for V {
    fn into_list(self) -> Vec<T> {
        vec![self.into()]
    }
}

impl<T, I> OneOrMany<T, Many> for I
where
    I: IntoIterator,
    I::Item: Into<T>,
{
    fn into_list(self) -> Vec<T> {
        self.into_iter().map(Into::into).collect()
    }
}
