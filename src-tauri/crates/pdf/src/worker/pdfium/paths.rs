//! The paths of a page, those inside form XObjects included.

use super::{Library, Page};
use crate::matrix::{IDENTITY, Matrix, apply, scale, then};
use pdfium_render::prelude::{FPDF_PAGEOBJECT, FPDF_PATHSEGMENT, FS_MATRIX};
use std::os::raw::{c_int, c_uint, c_ulong};

/// fpdf_edit.h: FPDF_PAGEOBJ_PATH, FPDF_PAGEOBJ_FORM.
const PATH: c_int = 2;
const FORM: c_int = 5;
/// fpdf_edit.h: FPDF_SEGMENT_BEZIERTO, FPDF_SEGMENT_MOVETO.
const BEZIER: c_int = 1;
const MOVE: c_int = 2;
/// Form XObjects inside one another.
const DEEPEST: u32 = 8;

/// A path as it is painted, in user space.
pub struct PaintedPath {
    pub parts: Vec<Subpath>,
    pub is_filled: bool,
    /// The line's width in user-space units, if it is stroked. 0 is the thinnest line there is.
    pub stroke: Option<f64>,
}

#[derive(Default)]
pub struct Subpath {
    pub points: Vec<(f64, f64)>,
    pub is_closed: bool,
    pub has_curves: bool,
}

/// How much of a page is looked at.
pub struct Budget {
    pub objects: u32,
    pub segments: u32,
}

impl Page {
    /// Calls `visit` with each painted path until it says no or the budget is used up. Returns
    /// whether all were visited.
    pub fn each_path(&self, budget: Budget, visit: &mut dyn FnMut(PaintedPath) -> bool) -> bool {
        let mut walk = Walk {
            library: self.library,
            budget,
            visit,
        };
        // Safety: the page is live as long as `self`, and its objects belong to it.
        let count = unsafe { self.library.FPDFPage_CountObjects(self.handle) };
        (0..count.max(0)).all(|index| {
            let object = unsafe { self.library.FPDFPage_GetObject(self.handle, index) };
            walk.object(object, IDENTITY, 0)
        })
    }
}

struct Walk<'a> {
    library: Library,
    budget: Budget,
    visit: &'a mut dyn FnMut(PaintedPath) -> bool,
}

impl Walk<'_> {
    /// Returns whether to go on.
    ///
    /// Safety of the calls below: `object` is null or belongs to the live page; indices are within
    /// the counts just asked for; what is written to outlives each call.
    fn object(&mut self, object: FPDF_PAGEOBJECT, outer: Matrix, depth: u32) -> bool {
        if object.is_null() {
            return true;
        }
        let Some(left) = self.budget.objects.checked_sub(1) else {
            return false;
        };
        self.budget.objects = left;
        // Safety: as stated above.
        match unsafe { self.library.FPDFPageObj_GetType(object) } {
            PATH => match self.path(object, outer) {
                Some(path) if path.is_filled || path.stroke.is_some() => (self.visit)(path),
                Some(_) => true,
                None => false,
            },
            FORM if depth < DEEPEST => self.form(object, outer, depth),
            _ => true,
        }
    }

    fn form(&mut self, form: FPDF_PAGEOBJECT, outer: Matrix, depth: u32) -> bool {
        let matrix = then(self.matrix(form), outer);
        // Safety: as stated above.
        let count = unsafe { self.library.FPDFFormObj_CountObjects(form) };
        (0..count.max(0)).all(|index| {
            // Safety: as stated above.
            let object = unsafe {
                self.library
                    .FPDFFormObj_GetObject(form, index.unsigned_abs() as c_ulong)
            };
            self.object(object, matrix, depth + 1)
        })
    }

    /// `None` when the budget is used up.
    fn path(&mut self, path: FPDF_PAGEOBJECT, outer: Matrix) -> Option<PaintedPath> {
        let (mut fill, mut stroke) = (0, 0);
        let mut width = 0.0;
        // Safety: as stated above.
        let count = unsafe {
            self.library
                .FPDFPath_GetDrawMode(path, &raw mut fill, &raw mut stroke);
            self.library
                .FPDFPageObj_GetStrokeWidth(path, &raw mut width);
            self.library.FPDFPath_CountSegments(path)
        };
        let is_filled = fill != 0 && self.is_seen(path, false);
        let is_stroked = stroke != 0 && self.is_seen(path, true);
        let mut painted = PaintedPath {
            parts: Vec::new(),
            is_filled,
            stroke: None,
        };
        if !is_filled && !is_stroked {
            return Some(painted);
        }
        let left = self
            .budget
            .segments
            .checked_sub(u32::try_from(count).unwrap_or(0))?;
        self.budget.segments = left;
        let matrix = then(self.matrix(path), outer);
        painted.stroke = is_stroked.then(|| f64::from(width) * scale(matrix));
        for index in 0..count.max(0) {
            // Safety: as stated above; segments belong to their path.
            let segment = unsafe { self.library.FPDFPath_GetPathSegment(path, index) };
            self.segment(segment, matrix, &mut painted.parts);
        }
        Some(painted)
    }

    fn segment(&self, segment: FPDF_PATHSEGMENT, matrix: Matrix, parts: &mut Vec<Subpath>) {
        if segment.is_null() {
            return;
        }
        let (mut x, mut y) = (0.0, 0.0);
        // Safety: as stated above.
        let (kind, closes) = unsafe {
            self.library
                .FPDFPathSegment_GetPoint(segment, &raw mut x, &raw mut y);
            (
                self.library.FPDFPathSegment_GetType(segment),
                self.library.FPDFPathSegment_GetClose(segment) != 0,
            )
        };
        if kind == MOVE || parts.is_empty() {
            parts.push(Subpath::default());
        }
        if let Some(part) = parts.last_mut() {
            part.points.push(apply(matrix, f64::from(x), f64::from(y)));
            part.has_curves |= kind == BEZIER;
            part.is_closed |= closes;
        }
    }

    /// Whether its colour differs from the paper's. Patterns have no colour and are seen.
    fn is_seen(&self, path: FPDF_PAGEOBJECT, stroke: bool) -> bool {
        let [mut r, mut g, mut b, mut a]: [c_uint; 4] = [0, 0, 0, 255];
        let (red, green, blue, alpha) = (&raw mut r, &raw mut g, &raw mut b, &raw mut a);
        // Safety: as stated above.
        let known = unsafe {
            if stroke {
                self.library
                    .FPDFPageObj_GetStrokeColor(path, red, green, blue, alpha)
            } else {
                self.library
                    .FPDFPageObj_GetFillColor(path, red, green, blue, alpha)
            }
        };
        known == 0 || (a > 0 && r.min(g).min(b) < 250)
    }

    fn matrix(&self, object: FPDF_PAGEOBJECT) -> Matrix {
        let mut matrix = FS_MATRIX {
            a: 1.0,
            b: 0.0,
            c: 0.0,
            d: 1.0,
            e: 0.0,
            f: 0.0,
        };
        // Safety: as stated above.
        unsafe { self.library.FPDFPageObj_GetMatrix(object, &raw mut matrix) };
        let FS_MATRIX { a, b, c, d, e, f } = matrix;
        [a, b, c, d, e, f].map(f64::from)
    }
}
