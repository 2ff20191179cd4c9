/// How one type is read and written, with the type itself forgotten.
pub struct Entry {
    pub decode: fn(&[u8]) -> Result<Box<dyn Any>, String>,
    pub encode: fn(&dyn Any) -> Result<Vec<u8>, String>,
}

impl Entry {
    const fn of<T: Wire>() -> Self {
        Self { decode: decode::<T>, encode: encode::<T> }
    }
}

fn decode<T: Wire>(bytes: &[u8]) -> Result<Box<dyn Any>, String> {
    match from_slice::<T>(bytes) {
        Ok(value) => Ok(Box::new(value)),
        Err(error) => Err(error.to_string()),
    }
}

fn encode<T: Wire>(value: &dyn Any) -> Result<Vec<u8>, String> {
    match value.downcast_ref::<T>() {
        Some(value) => to_vec(value).map_err(|error| error.to_string()),
        None => Err("a value of another type".to_owned()),
    }
}
