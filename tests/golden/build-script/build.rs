//! Generates the client of the pet shop.

fn main() -> Result<(), clientwright::GenerateError> {
    clientwright::Generator::new("specs/petshop.yaml").strict(true).generate_to_out_dir()
}
