//! Lists of what callers give.
//!
//! In: anything that has items. Out: a list of what is made of them. Never happens: an item left out.

/// What has items, as a list of what each of them becomes.
///
/// ```
/// use clientwright_runtime::IntoList;
///
/// assert_eq!(["a", "b"].into_list::<String>(), vec!["a".to_owned(), "b".to_owned()]);
/// ```
pub trait IntoList: IntoIterator + Sized {
    /// The list.
    fn into_list<T>(self) -> Vec<T>
    where
        Self::Item: Into<T>,
    {
        self.into_iter().map(Into::into).collect()
    }
}

impl<I: IntoIterator> IntoList for I {}
