//! Owned handles of pdfium. The only module that talks to pdfium's documents and pages; what is
//! `unsafe` about it is written down once, here.
//!
//! Safety: every handle below comes from pdfium, is not null, is used on the one thread that
//! does jobs, and is given back before what it belongs to (fields are declared in that order or
//! `Drop` sees to it). pdfium never keeps a pointer beyond the lives stated at each call.

mod files;
mod letters;
mod page;
mod paths;

pub use letters::{Letter, TextPage};
pub use page::Page;
pub use paths::{Budget, PaintedPath, Subpath};

use crate::source::SourceFile;
use files::{Access, Copy, WITHOUT_SECURITY, WRITTEN_ANEW};
use paraph_pdf::PdfError;
use pdfium_render::prelude::{
    FPDF_DOCUMENT, FPDF_FILEWRITE, FPDF_FORMFILLINFO, FPDF_FORMHANDLE, FS_SIZEF, Pdfium,
    PdfiumLibraryBindings,
};
use std::os::raw::{c_int, c_ulong};
use std::path::Path;
use std::sync::Arc;

/// pdfium, loaded for as long as the process lives.
pub type Library = &'static dyn PdfiumLibraryBindings;

/// Loads and starts pdfium.
pub fn load(path: &Path) -> Result<Library, String> {
    let bindings = Pdfium::bind_to_library(path).map_err(|error| format!("{error:?}"))?;
    let library: Library = Box::leak(bindings);
    // Safety: called once, before anything else of pdfium.
    unsafe { library.FPDF_InitLibrary() };
    Ok(library)
}

/// An open document.
pub struct Document {
    library: Library,
    handle: FPDF_DOCUMENT,
    form: Option<Form>,
    /// What pdfium reads from; it keeps a pointer to it until the document is closed.
    _access: Box<Access>,
}

struct Form {
    handle: FPDF_FORMHANDLE,
    /// pdfium keeps a pointer to it until the form is closed.
    _info: Box<FPDF_FORMFILLINFO>,
}

impl Document {
    pub fn open(
        library: Library,
        source: Arc<SourceFile>,
        password: Option<&str>,
    ) -> Result<Self, PdfError> {
        // No password has it, and the bindings would panic and print the password.
        if password.is_some_and(|password| password.contains('\0')) {
            return Err(PdfError::WrongPassword);
        }
        let mut access = Access::to(source)?;
        // Safety: `access` is boxed and lives in `Self` as long as the document.
        let handle = unsafe { library.FPDF_LoadCustomDocument(&raw mut access.file, password) };
        if handle.is_null() {
            // Safety: no handle is involved.
            return Err(open_error(
                unsafe { library.FPDF_GetLastError() },
                password.is_some(),
            ));
        }
        let mut document = Self {
            library,
            handle,
            form: None,
            _access: access,
        };
        document.form = document.open_form();
        Ok(document)
    }

    /// The environment that draws form fields, for documents that have some.
    fn open_form(&self) -> Option<Form> {
        if self.form_type() == FormType::None {
            return None;
        }
        // Safety: every field may be null: all callbacks are optional when nobody interacts and
        // this pdfium has neither JavaScript nor XFA (it exports no FPDF_GetRecommendedV8Flags,
        // and FPDF_LoadXFA is never called), so that nothing of a document runs. Version 1 is
        // the stable interface.
        let mut info: Box<FPDF_FORMFILLINFO> = Box::new(unsafe { std::mem::zeroed() });
        info.version = 1;
        // Safety: `info` is boxed and lives as long as the form.
        let handle = unsafe {
            self.library
                .FPDFDOC_InitFormFillEnvironment(self.handle, &raw mut *info)
        };
        if handle.is_null() {
            return None;
        }
        // Fields are shown as they will be printed, not tinted as places to type in.
        // Safety: the handle is live.
        unsafe { self.library.FPDF_SetFormFieldHighlightAlpha(handle, 0) };
        Some(Form {
            handle,
            _info: info,
        })
    }

    pub fn library(&self) -> Library {
        self.library
    }

    /// The document as pdfium understands it, written anew and encrypted as it was.
    pub fn save_copy(&self) -> Result<Vec<u8>, PdfError> {
        self.save_as(WRITTEN_ANEW)
    }

    /// The same without encryption.
    pub fn save_unprotected_copy(&self) -> Result<Vec<u8>, PdfError> {
        self.save_as(WITHOUT_SECURITY)
    }

    fn save_as(&self, how: c_ulong) -> Result<Vec<u8>, PdfError> {
        let mut copy = Copy::empty();
        // Safety: the handle is live, and `copy`, of which `file` is the beginning, outlives
        // the call.
        let saved = unsafe {
            let file = (&raw mut copy).cast::<FPDF_FILEWRITE>();
            self.library.FPDF_SaveAsCopy(self.handle, file, how)
        };
        if saved == 0 {
            return Err(PdfError::Damaged {
                detail: "it cannot be written anew".to_owned(),
            });
        }
        Ok(copy.bytes)
    }

    pub fn page_count(&self) -> u32 {
        // Safety: the handle is live.
        u32::try_from(unsafe { self.library.FPDF_GetPageCount(self.handle) }).unwrap_or(0)
    }

    /// Width and height as shown, in user-space units (pdfium does not know /UserUnit), without
    /// reading the page's content but for a page of which pdfium would show nothing.
    pub fn page_size(&self, page: u32) -> Option<(f64, f64)> {
        let size = self.size_by_index(page)?;
        if size.0 > 0.0 && size.1 > 0.0 {
            return Some(size);
        }
        // Safety: the page is dropped here, before the document.
        drop(unsafe { self.load_page(page) });
        self.size_by_index(page)
    }

    fn size_by_index(&self, page: u32) -> Option<(f64, f64)> {
        let mut size = FS_SIZEF {
            width: 0.0,
            height: 0.0,
        };
        let index = c_int::try_from(page).ok()?;
        // Safety: the handle is live and `size` outlives the call.
        let known = unsafe {
            self.library
                .FPDF_GetPageSizeByIndexF(self.handle, index, &raw mut size)
        };
        (known != 0).then(|| (f64::from(size.width), f64::from(size.height)))
    }

    pub fn is_encrypted(&self) -> bool {
        self.security_revision().is_some()
    }

    /// The security handler's revision; none when the document is not encrypted.
    pub fn security_revision(&self) -> Option<u8> {
        // Safety: the handle is live.
        let revision = unsafe { self.library.FPDF_GetSecurityHandlerRevision(self.handle) };
        (revision >= 0).then(|| u8::try_from(revision).unwrap_or(u8::MAX))
    }

    /// Permission flags of whoever opened the document, and of whoever is not the owner.
    #[allow(
        clippy::cast_possible_truncation,
        clippy::unnecessary_cast,
        reason = "flags are 32 bits of a c_ulong, which has 64 on some systems"
    )]
    pub fn permissions(&self) -> (u32, u32) {
        // Safety: the handle is live.
        unsafe {
            (
                self.library.FPDF_GetDocPermissions(self.handle) as u32,
                self.library.FPDF_GetDocUserPermissions(self.handle) as u32,
            )
        }
    }

    /// Whether the cross-references were read as written, not rebuilt.
    pub fn has_valid_cross_references(&self) -> bool {
        // Safety: the handle is live.
        unsafe {
            self.library
                .FPDF_DocumentHasValidCrossReferenceTable(self.handle)
                != 0
        }
    }

    /// Signature fields with a value, among those that the form lists directly.
    pub fn signatures(&self) -> u32 {
        // Safety: the handle is live; signature handles belong to the document.
        let count = unsafe { self.library.FPDF_GetSignatureCount(self.handle) };
        let signed = (0..count).filter(|index| unsafe {
            let signature = self.library.FPDF_GetSignatureObject(self.handle, *index);
            !signature.is_null()
                && self
                    .library
                    .FPDFSignatureObj_GetContents(signature, std::ptr::null_mut(), 0)
                    > 0
        });
        u32::try_from(signed.count()).unwrap_or(u32::MAX)
    }

    pub fn form_type(&self) -> FormType {
        // Safety: the handle is live.
        match unsafe { self.library.FPDF_GetFormType(self.handle) } {
            0 => FormType::None,
            1 => FormType::AcroForm,
            _ => FormType::Xfa,
        }
    }

    /// Reads a page's content.
    ///
    /// Safety: the page must be dropped before the document.
    pub unsafe fn load_page(&self, page: u32) -> Result<Page, PdfError> {
        let index = c_int::try_from(page).map_err(|_| PdfError::NoSuchPage { page })?;
        // Safety: the handle is live.
        let handle = unsafe { self.library.FPDF_LoadPage(self.handle, index) };
        if handle.is_null() {
            return Err(PdfError::Damaged {
                detail: format!("page {page}"),
            });
        }
        let form = self.form.as_ref().map(|form| form.handle);
        let page = Page {
            library: self.library,
            handle,
            form,
        };
        page.ignore_crop_box_elsewhere();
        if let Some(form) = form {
            // Safety: both handles are live.
            unsafe { self.library.FORM_OnAfterLoadPage(handle, form) };
        }
        Ok(page)
    }
}

impl Drop for Document {
    fn drop(&mut self) {
        // Safety: the form belongs to the document and goes first; nobody uses them after this.
        unsafe {
            if let Some(form) = &self.form {
                self.library.FPDFDOC_ExitFormFillEnvironment(form.handle);
            }
            self.library.FPDF_CloseDocument(self.handle);
        }
    }
}

/// What kind of form a document has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FormType {
    None,
    AcroForm,
    Xfa,
}

/// What FPDF_GetLastError says after a document did not open (fpdfview.h).
fn open_error(code: c_ulong, password_given: bool) -> PdfError {
    match code {
        4 if password_given => PdfError::WrongPassword,
        4 => PdfError::PasswordNeeded,
        5 => PdfError::UnsupportedSecurity,
        code => PdfError::Damaged {
            detail: format!("pdfium's error {code}"),
        },
    }
}
