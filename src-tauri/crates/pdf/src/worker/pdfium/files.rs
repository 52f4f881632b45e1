//! What pdfium reads a document from and writes a copy to.

use crate::source::SourceFile;
use paraph_pdf::PdfError;
use pdfium_render::prelude::{FPDF_FILEACCESS, FPDF_FILEWRITE};
use std::os::raw::{c_int, c_uchar, c_ulong, c_void};
use std::sync::Arc;

pub struct Access {
    pub file: FPDF_FILEACCESS,
    source: Arc<SourceFile>,
}

impl Access {
    /// Boxed, because pdfium keeps a pointer to it until the document is closed.
    pub fn to(source: Arc<SourceFile>) -> Result<Box<Self>, PdfError> {
        let length = c_ulong::try_from(source.len()).map_err(|_| PdfError::Damaged {
            detail: "its length".into(),
        })?;
        let file = FPDF_FILEACCESS {
            m_FileLen: length,
            m_GetBlock: Some(read_block),
            m_Param: std::ptr::null_mut(),
        };
        let mut access = Box::new(Self { file, source });
        access.file.m_Param = std::ptr::from_ref::<SourceFile>(&access.source)
            .cast_mut()
            .cast();
        Ok(access)
    }
}

/// pdfium asks for `size` bytes at `position`.
///
/// Safety: called by pdfium with the `m_Param` of an [`Access`], whose source outlives the
/// document, and a buffer of `size` bytes.
#[allow(clippy::useless_conversion, reason = "c_ulong has 32 bits on Windows")]
unsafe extern "C" fn read_block(
    source: *mut c_void,
    position: c_ulong,
    buffer: *mut c_uchar,
    size: c_ulong,
) -> c_int {
    let (Ok(position), Ok(size)) = (u64::try_from(position), usize::try_from(size)) else {
        return 0;
    };
    if source.is_null() || buffer.is_null() {
        return 0;
    }
    // Safety: as stated above.
    let (source, buffer) = unsafe {
        (
            &*source.cast::<SourceFile>(),
            std::slice::from_raw_parts_mut(buffer, size),
        )
    };
    c_int::from(source.read_at(position, buffer).is_ok())
}

/// fpdf_save.h: FPDF_NO_INCREMENTAL.
pub const WRITTEN_ANEW: c_ulong = 2;
/// fpdf_save.h: FPDF_REMOVE_SECURITY.
pub const WITHOUT_SECURITY: c_ulong = 3;

/// What pdfium writes to, and what it wrote.
#[repr(C)]
pub struct Copy {
    file: FPDF_FILEWRITE,
    pub bytes: Vec<u8>,
}

impl Copy {
    pub fn empty() -> Self {
        Self {
            file: FPDF_FILEWRITE {
                version: 1,
                WriteBlock: Some(write_block),
            },
            bytes: Vec::new(),
        }
    }
}

/// Safety: called by pdfium during `Document::save_as` with its `Copy` and `size` bytes.
#[allow(clippy::useless_conversion, reason = "c_ulong has 32 bits on Windows")]
unsafe extern "C" fn write_block(
    file: *mut FPDF_FILEWRITE,
    data: *const c_void,
    size: c_ulong,
) -> c_int {
    let Ok(size) = usize::try_from(size) else {
        return 0;
    };
    if file.is_null() || data.is_null() {
        return 0;
    }
    // Safety: as stated above.
    let (copy, data) = unsafe {
        (
            &mut *file.cast::<Copy>(),
            std::slice::from_raw_parts(data.cast::<u8>(), size),
        )
    };
    copy.bytes.extend_from_slice(data);
    1
}
