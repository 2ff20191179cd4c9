//! What is answered to operations that send files, for which no test is made.
//!
//! In: the descriptions of such operations. Out: every answer and every error that they show, read whole. Never: a look at
//! what is sent; the tests of each client do that, byte for byte.

use onlyoffice_crm::FilePart;
use onlyoffice_crm::types::{ContactPhoto, FileUpload};
use weeek::types::FilesInput;

use super::described::Described;
use super::{block_on, clients};

const ONLYOFFICE: &str = "specs/onlyoffice/openapi.yaml";
const WEEEK: &str = "specs/weeek.yaml";

macro_rules! read_all {
    ($spec:ident, $operation:literal, $answered:ident => $call:expr) => {
        for operation in Described::all($spec, $operation, "") {
            let $answered = &operation;
            match block_on($call.send()) {
                Ok(response) => operation.answered(response.body()),
                Err(error) => operation.failed(error),
            }
        }
    };
}

#[test]
fn answers_to_uploads_are_read_whole() {
    let file = || FilePart::new("text").name("a.png").media_type("image/png");
    read_all!(ONLYOFFICE, "changeContactPhoto", it => {
        clients::onlyoffice_crm(&it.url()).change_contact_photo(1234, ContactPhoto::new(file()))
    });
    read_all!(ONLYOFFICE, "uploadFile", it => {
        clients::onlyoffice_crm(&it.url()).upload_file("contact", 1234, FileUpload::new(file()))
    });
    read_all!(WEEEK, "uploadDealAttachments", it => {
        clients::weeek(&it.url()).upload_deal_attachments("dL4xRc", FilesInput::new([file()]))
    });
    read_all!(WEEEK, "uploadTaskAttachments", it => {
        clients::weeek(&it.url()).upload_task_attachments(19, FilesInput::new([file()]))
    });
}
