//! Parts of a page in which lengths have a meaning, as on plans and maps (PDF 32000-2, 12.9 and
//! 12.10).

use crate::structure;
use crate::writing::matrix::{Matrix, apply, corners, reals, turned as turned_rect};
use lopdf::{Dictionary, Document, Object, ObjectId};
use paraph_domain::geometry::{PageGeometry, Rotation};

/// The page's viewports, where they come to lie.
pub fn turned(
    document: &Document,
    page: ObjectId,
    geometry: &PageGeometry,
    matrix: Matrix,
) -> Option<Vec<Object>> {
    let page = document.get_dictionary(page).ok()?;
    let listed = page.get_deref(b"VP", document).ok()?.as_array().ok()?;
    let turn = Turn {
        document,
        geometry,
        matrix,
    };
    Some(listed.iter().map(|it| turn.viewport(it)).collect())
}

struct Turn<'a> {
    document: &'a Document,
    geometry: &'a PageGeometry,
    matrix: Matrix,
}

impl Turn<'_> {
    fn viewport(&self, given: &Object) -> Object {
        let Some(mut viewport) = self.dictionary(given) else {
            return given.clone();
        };
        let place = viewport.get(b"BBox").ok();
        if let Some(place) = place.and_then(|it| structure::rect(self.document, it)) {
            viewport.set("BBox", corners(turned_rect(place, self.matrix)));
        }
        let measure = viewport.get(b"Measure").ok();
        if let Some(measure) = measure.and_then(|it| self.dictionary(it)) {
            viewport.set("Measure", self.measure(measure));
        }
        viewport.into()
    }

    fn measure(&self, mut measure: Dictionary) -> Dictionary {
        let kind = measure.get_deref(b"Subtype", self.document);
        if kind.and_then(Object::as_name).is_ok_and(|it| it == b"GEO") {
            // Points of the viewport as a square of side 1.
            for key in ["LPTS", "Bounds"] {
                if let Some(points) = self.numbers(&measure, key) {
                    measure.set(key, self.in_square(&points));
                }
            }
        } else {
            self.rectilinear(&mut measure);
        }
        measure
    }

    /// How many of a unit one of user space is along x and along y (where it says only x, both),
    /// how many of x's units one of y's is, and from where lengths count.
    fn rectilinear(&self, measure: &mut Dictionary) {
        let (x, y) = (measure.get(b"X").ok(), measure.get(b"Y").ok());
        let (x, y) = (x.map(|it| self.formats(it)), y.map(|it| self.formats(it)));
        let is_quarter = matches!(
            self.geometry.rotation,
            Rotation::Quarter | Rotation::ThreeQuarters
        );
        let (x, y) = match (x, y) {
            (Some(x), Some(y)) if is_quarter => (Some(y), Some(x)),
            unturned => unturned,
        };
        for (key, formats) in [("X", x), ("Y", y)] {
            if let Some(formats) = formats {
                measure.set(key, formats);
            }
        }
        let ratio = measure.get_deref(b"CYX", self.document).ok();
        let ratio = ratio.and_then(structure::number);
        if let Some(ratio) = ratio.filter(|ratio| is_quarter && *ratio != 0.0) {
            measure.set("CYX", Object::Real((1.0 / ratio) as f32));
        }
        if let Some([x, y]) = self.numbers(measure, "O").as_deref() {
            let (x, y) = apply(self.matrix, *x, *y);
            measure.set("O", reals(&[x, y]));
        }
    }

    /// Number formats, of which the first says how many of its units one of user space is.
    fn formats(&self, given: &Object) -> Object {
        let Ok((_, Object::Array(formats))) = self.document.dereference(given) else {
            return given.clone();
        };
        let mut formats = formats.clone();
        if let Some(first) = formats.first_mut()
            && let Some(mut format) = self.dictionary(first)
        {
            let factor = format.get_deref(b"C", self.document).ok();
            if let Some(factor) = factor.and_then(structure::number) {
                let factor = factor / self.geometry.user_unit;
                format.set("C", Object::Real(factor as f32));
            }
            *first = format.into();
        }
        formats.into()
    }

    fn in_square(&self, points: &[f64]) -> Vec<Object> {
        let (pairs, rest) = points.as_chunks::<2>();
        let turned = pairs
            .iter()
            .flat_map(|[x, y]| match self.geometry.rotation {
                Rotation::None => [*x, *y],
                Rotation::Quarter => [*y, 1.0 - x],
                Rotation::Half => [1.0 - x, 1.0 - y],
                Rotation::ThreeQuarters => [1.0 - y, *x],
            });
        let turned: Vec<f64> = turned.chain(rest.iter().copied()).collect();
        reals(&turned)
    }

    fn dictionary(&self, object: &Object) -> Option<Dictionary> {
        let (_, found) = self.document.dereference(object).ok()?;
        found.as_dict().ok().cloned()
    }

    fn numbers(&self, of: &Dictionary, key: &str) -> Option<Vec<f64>> {
        let number = |it| structure::number(self.document.dereference(it).ok()?.1);
        let listed = of.get_deref(key.as_bytes(), self.document).ok()?;
        listed.as_array().ok()?.iter().map(number).collect()
    }
}
