//! Transformations between user space and the page as it is shown, and what is moved by them.

pub use crate::matrix::{IDENTITY, Matrix, apply, then};

use crate::structure;
use lopdf::{Document, Object};
use paraph_domain::geometry::{PageGeometry, UserRect};

/// From displayed points with the origin at the lower left and y up to user space.
pub fn to_user_space(geometry: &PageGeometry) -> Matrix {
    let height = geometry.displayed_size().h;
    matrix_of(|x, y| geometry.point_to_user(x, height - y))
}

/// The other way.
pub fn from_user_space(geometry: &PageGeometry) -> Matrix {
    let height = geometry.displayed_size().h;
    matrix_of(|x, y| {
        let (x, y) = geometry.point_to_displayed(x, y);
        (x, height - y)
    })
}

/// The matrix that does what `map`, which must be affine, does.
fn matrix_of(map: impl Fn(f64, f64) -> (f64, f64)) -> Matrix {
    let (e, f) = map(0.0, 0.0);
    let (a, b) = map(1.0, 0.0);
    let (c, d) = map(0.0, 1.0);
    [a - e, b - f, c - e, d - f, e, f]
}

/// The same turn and size without the move.
pub fn in_place([a, b, c, d, ..]: Matrix) -> Matrix {
    [a, b, c, d, 0.0, 0.0]
}

/// Where a rectangle comes to lie.
pub fn turned(rect: UserRect, matrix: Matrix) -> UserRect {
    let a = apply(matrix, rect.llx, rect.lly);
    let b = apply(matrix, rect.urx, rect.ury);
    UserRect {
        llx: a.0.min(b.0),
        lly: a.1.min(b.1),
        urx: a.0.max(b.0),
        ury: a.1.max(b.1),
    }
}

pub fn six_numbers(document: &Document, object: &Object) -> Option<Matrix> {
    let number = |it| structure::number(document.dereference(it).ok()?.1);
    let numbers: Option<Vec<f64>> = object.as_array().ok()?.iter().map(number).collect();
    numbers?.try_into().ok()
}

pub fn corners(rect: UserRect) -> Vec<Object> {
    reals(&[rect.llx, rect.lly, rect.urx, rect.ury])
}

pub fn reals(values: &[f64]) -> Vec<Object> {
    values
        .iter()
        .map(|value| Object::Real(*value as f32))
        .collect()
}
