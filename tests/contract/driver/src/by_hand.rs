//! The calls of scenarios that a person has to write: parts with files, pages, and answers in several media types.
//!
//! In: the clients. Out: a row for each such scenario, whose operation is the scenario's name. Never: a call that could be
//! made of what the scenario says alone.

use clientwright_runtime::FilePart;

use super::Row;
use super::given::{Given, Outcome};

/// The scenarios with parts, for the client of a version.
macro_rules! multipart {
    ($module:ident, $version:literal) => {
        mod $module {
            use super::{Row, file};
            use crate::given::{Given, Outcome, nothing};
            use crate::operations::$module::{Client, Retries, types};

            fn client(given: &Given) -> Result<Client, Box<dyn std::error::Error>> {
                Ok(Client::builder().base_url(given.url()).retries(Retries::none()).build()?)
            }

            const fn row(scenario: &'static str, call: fn(&Given) -> Outcome) -> Row {
                Row { document: "payload/multipart", version: $version, operation: scenario, kind: "multipart", call }
            }

            pub(super) const ROWS: &[Row] = &[
                row("Payload_MultiPart_FormData_basic", |given| {
                    let body = types::MultiPartRequest::new("123", file(given, 0));
                    given.answered(client(given)?.form_data_basic(body).send_blocking(), nothing)
                }),
                row("Payload_MultiPart_FormData_withWireName", |given| {
                    let body = types::MultiPartRequestWithWireName::new("123", file(given, 0));
                    given.answered(client(given)?.form_data_with_wire_name(body).send_blocking(), nothing)
                }),
                row("Payload_MultiPart_FormData_optionalParts", |given| {
                    let body = types::MultiPartOptionalRequest::new();
                    let body = if given.number() == 1 { body } else { body.id("123") };
                    let body = if given.number() == 0 { body } else { body.profile_image(file(given, 0)) };
                    given.answered(client(given)?.form_data_optional_parts(body).send_blocking(), nothing)
                }),
                row("Payload_MultiPart_FormData_fileArrayAndBasic", |given| {
                    let address = types::Address::new("X");
                    let files = [file(given, 1), file(given, 2)];
                    let body = types::ComplexPartsRequest::new("123", address, file(given, 0), files);
                    given.answered(client(given)?.form_data_file_array_and_basic(body).send_blocking(), nothing)
                }),
                row("Payload_MultiPart_FormData_jsonPart", |given| {
                    let body = types::JsonPartRequest::new(types::Address::new("X"), file(given, 0));
                    given.answered(client(given)?.form_data_json_part(body).send_blocking(), nothing)
                }),
                row("Payload_MultiPart_FormData_binaryArrayParts", |given| {
                    let body = types::BinaryArrayPartsRequest::new("123", [file(given, 0), file(given, 1)]);
                    given.answered(client(given)?.form_data_binary_array_parts(body).send_blocking(), nothing)
                }),
                row("Payload_MultiPart_FormData_multiBinaryParts", |given| {
                    let body = types::MultiBinaryPartsRequest::new(file(given, 0));
                    let body = if given.number() == 0 { body } else { body.picture(file(given, 1)) };
                    given.answered(client(given)?.form_data_multi_binary_parts(body).send_blocking(), nothing)
                }),
                row("Payload_MultiPart_FormData_checkFileNameAndContentType", |given| {
                    let body = types::MultiPartRequest::new("123", file(given, 0));
                    let call = client(given)?.form_data_check_file_name_and_content_type(body);
                    given.answered(call.send_blocking(), nothing)
                }),
                row("Payload_MultiPart_FormData_anonymousModel", |given| {
                    let body = types::FormDataAnonymousModelMultipart::new(file(given, 0));
                    given.answered(client(given)?.form_data_anonymous_model(body).send_blocking(), nothing)
                }),
                row("Payload_MultiPart_FormData_HttpParts_ContentType_imageJpegContentType", |given| {
                    let body = types::FileWithHttpPartSpecificContentTypeRequest::new(file(given, 0));
                    given.answered(client(given)?.content_type_image_jpeg_content_type(body).send_blocking(), nothing)
                }),
                row("Payload_MultiPart_FormData_HttpParts_ContentType_requiredContentType", |given| {
                    let body = types::FileWithHttpPartRequiredContentTypeRequest::new(file(given, 0));
                    given.answered(client(given)?.content_type_required_content_type(body).send_blocking(), nothing)
                }),
                row("Payload_MultiPart_FormData_HttpParts_ContentType_optionalContentType", |given| {
                    let body = types::FileWithHttpPartOptionalContentTypeRequest::new(file(given, 0));
                    given.answered(client(given)?.content_type_optional_content_type(body).send_blocking(), nothing)
                }),
                row("Payload_MultiPart_FormData_HttpParts_jsonArrayAndFileArray", |given| {
                    let body = types::ComplexHttpPartsModelRequest::new(types::ComplexHttpPartsModelRequestRequired {
                        id: "123".to_owned(),
                        address: types::Address::new("X"),
                        profile_image: file(given, 0),
                        previous_addresses: vec![types::Address::new("Y"), types::Address::new("Z")],
                        pictures: vec![file(given, 1), file(given, 2)],
                    });
                    given.answered(client(given)?.http_parts_json_array_and_file_array(body).send_blocking(), nothing)
                }),
                row("Payload_MultiPart_FormData_HttpParts_NonString_float", |given| {
                    let body = types::NonStringFloatMultipart::new(0.5);
                    given.answered(client(given)?.non_string_float(body).send_blocking(), nothing)
                }),
                row("Payload_MultiPart_FormData_File_uploadFileSpecificContentType", |given| {
                    let body = types::FileUploadFileSpecificContentTypeMultipart::new(given.picture());
                    let call = client(given)?.file_upload_file_specific_content_type(body);
                    given.answered(call.send_blocking(), nothing)
                }),
                row("Payload_MultiPart_FormData_File_uploadFileRequiredFilename", |given| {
                    let body = types::FileUploadFileRequiredFilenameMultipart::new(given.picture());
                    given.answered(client(given)?.file_upload_file_required_filename(body).send_blocking(), nothing)
                }),
                row("Payload_MultiPart_FormData_File_uploadFileArray", |given| {
                    let body = types::FileUploadFileArrayMultipart::new([given.picture(), given.picture()]);
                    given.answered(client(given)?.file_upload_file_array(body).send_blocking(), nothing)
                }),
            ];
        }
    };
}

/// The scenarios whose answers come in pages that links lead to, for the client of a version: all pages are walked over for
/// each of a scenario's calls.
macro_rules! pages {
    ($module:ident, $version:literal) => {
        mod $module {
            use super::Row;
            use crate::given::{Given, Outcome};
            use crate::operations::$module::{Client, Retries};

            fn client(given: &Given) -> Result<Client, Box<dyn std::error::Error>> {
                Ok(Client::builder().base_url(given.url()).retries(Retries::none()).build()?)
            }

            const fn row(scenario: &'static str, call: fn(&Given) -> Outcome) -> Row {
                Row { document: "payload/pageable", version: $version, operation: scenario, kind: "", call }
            }

            pub(super) const ROWS: &[Row] = &[
                row("Payload_Pageable_ServerDrivenPagination_link", |given| {
                    let pets = client(given)?.server_driven_pagination_link().items_blocking();
                    super::four_pets(pets.map(|pet| Ok(pet?.name)))
                }),
                row("Payload_Pageable_ServerDrivenPagination_linkString", |given| {
                    let pets = client(given)?.server_driven_pagination_link_string().items_blocking();
                    super::four_pets(pets.map(|pet| Ok(pet?.name)))
                }),
                row("Payload_Pageable_ServerDrivenPagination_nestedLink", |given| {
                    let pets = client(given)?.server_driven_pagination_nested_link().items_blocking();
                    super::four_pets(pets.map(|pet| Ok(pet?.name)))
                }),
            ];
        }
    };
}

/// The scenarios in which the caller asks for one of several media types, or for one that there is not.
macro_rules! negotiation {
    ($module:ident, $version:literal) => {
        mod $module {
            use super::Row;
            use crate::given::{Given, Outcome, bytes, json};
            use crate::operations::$module::{Client, Retries};

            fn client(given: &Given) -> Result<Client, Box<dyn std::error::Error>> {
                Ok(Client::builder().base_url(given.url()).retries(Retries::none()).build()?)
            }

            const fn row(scenario: &'static str, call: fn(&Given) -> Outcome) -> Row {
                Row { document: "payload/content-negotiation", version: $version, operation: scenario, kind: "", call }
            }

            pub(super) const ROWS: &[Row] = &[
                row("Payload_ContentNegotiation_SameBody", |given| {
                    let call = client(given)?.same_body_get_avatar_as_png_same_body_get_avatar_as_jpeg();
                    match given.number() {
                        0 => given.answered(call.send_blocking(), bytes),
                        1 => given.answered(call.accept_jpeg().send_blocking(), bytes),
                        _ => given.answered(call.header("accept", "wrongAccept").send_blocking(), bytes),
                    }
                }),
                row("Payload_ContentNegotiation_DifferentBody", |given| {
                    let call = client(given)?.different_body_get_avatar_as_png_different_body_get_avatar_as_json();
                    match given.number() {
                        0 => given.answered(call.accept_png().send_blocking(), bytes),
                        1 => given.answered(call.send_blocking(), json),
                        _ => given.answered(call.header("accept", "wrongAccept").send_blocking(), json),
                    }
                }),
            ];
        }
    };
}

negotiation!(payload_content_negotiation_3_0_0, "3.0.0");
negotiation!(payload_content_negotiation_3_1_0, "3.1.0");
pages!(payload_pageable_3_0_0, "3.0.0");
pages!(payload_pageable_3_1_0, "3.1.0");
multipart!(payload_multipart_3_0_0, "3.0.0");
multipart!(payload_multipart_3_1_0, "3.1.0");

pub(crate) fn rows() -> Vec<Row> {
    [
        payload_content_negotiation_3_0_0::ROWS,
        payload_content_negotiation_3_1_0::ROWS,
        payload_multipart_3_0_0::ROWS,
        payload_multipart_3_1_0::ROWS,
        payload_pageable_3_0_0::ROWS,
        payload_pageable_3_1_0::ROWS,
    ]
    .concat()
}

/// Holds that the items of two pages came.
fn four_pets(names: impl Iterator<Item = Result<String, Box<dyn std::error::Error>>>) -> Outcome {
    let names: Vec<String> = names.collect::<Result<_, _>>()?;
    if names == ["dog", "cat", "bird", "fish"] { Ok(()) } else { Err(format!("the items are {names:?}").into()) }
}

/// One of the files that a scenario shows, with its name; its media type is told where it is not the one of any bytes.
fn file(given: &Given, number: usize) -> FilePart {
    let (bytes, name, media_type) = given.file(number);
    let file = FilePart::new(bytes).name(name);
    if media_type == "application/octet-stream" { file } else { file.media_type(media_type) }
}
