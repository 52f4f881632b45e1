//! Where things are on a page: the one place that converts between coordinate spaces.
//!
//! *Displayed space* is what a reader sees and what a [`crate::draft::Field`] is measured in:
//! points, origin at the top-left corner of the page after CropBox, /Rotate and UserUnit, y down.
//! *User space* is the PDF's own: origin and extent from its boxes, y up, not rotated.

use serde::{Deserialize, Serialize};

/// A rectangle in displayed space, in points.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, specta::Type)]
pub struct Rect {
    pub x: f64,
    pub y: f64,
    pub w: f64,
    pub h: f64,
}

/// A rectangle in PDF user space: lower-left and upper-right corners, y up, in user-space units.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, specta::Type)]
pub struct UserRect {
    pub llx: f64,
    pub lly: f64,
    pub urx: f64,
    pub ury: f64,
}

/// Width and height in displayed points.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, specta::Type)]
pub struct Size {
    pub w: f64,
    pub h: f64,
}

/// What lengths are shown and typed in. They are kept in points.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "snake_case")]
pub enum LengthUnit {
    #[default]
    Millimetres,
    Points,
    Inches,
}

/// Clockwise rotation applied when a page is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "snake_case")]
pub enum Rotation {
    #[default]
    None,
    Quarter,
    Half,
    ThreeQuarters,
}

impl Rotation {
    /// From a PDF /Rotate value in degrees. Of a value that is no multiple of 90 the whole
    /// quarter turns count, as pdfium shows it: 100 is 90, -135 is -90, 45 is none.
    pub fn from_degrees(degrees: i64) -> Self {
        match (degrees / 90).rem_euclid(4) {
            1 => Self::Quarter,
            2 => Self::Half,
            3 => Self::ThreeQuarters,
            _ => Self::None,
        }
    }

    /// The turn in degrees, clockwise.
    pub fn degrees(self) -> i64 {
        match self {
            Self::None => 0,
            Self::Quarter => 90,
            Self::Half => 180,
            Self::ThreeQuarters => 270,
        }
    }
}

/// Everything that decides how a page's user space is shown.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, specta::Type)]
pub struct PageGeometry {
    /// The visible box in user space: CropBox cut to MediaBox, corners in order.
    pub visible: UserRect,
    pub rotation: Rotation,
    /// How many points one unit of user space is (PDF 32000-1, 14.11.2: default 1).
    pub user_unit: f64,
}

impl PageGeometry {
    /// An upright page of `w` x `h` points with its origin at zero.
    pub fn upright(w: f64, h: f64) -> Self {
        Self {
            visible: UserRect {
                llx: 0.0,
                lly: 0.0,
                urx: w,
                ury: h,
            },
            rotation: Rotation::None,
            user_unit: 1.0,
        }
    }

    /// Whether user space is displayed space turned upside down and nothing more. Providers agree
    /// about such pages only.
    pub fn is_straight(&self) -> bool {
        self.rotation == Rotation::None
            && self.user_unit == 1.0
            && self.visible.llx.abs() < 1e-6
            && self.visible.lly.abs() < 1e-6
    }

    /// The page as the reader sees it.
    pub fn displayed_size(&self) -> Size {
        let (w, h) = self.visible.extent();
        let (w, h) = (w * self.user_unit, h * self.user_unit);
        match self.rotation {
            Rotation::None | Rotation::Half => Size { w, h },
            Rotation::Quarter | Rotation::ThreeQuarters => Size { w: h, h: w },
        }
    }

    /// Displayed space to user space.
    pub fn to_user(&self, rect: Rect) -> UserRect {
        let a = self.point_to_user(rect.x, rect.y);
        let b = self.point_to_user(rect.x + rect.w, rect.y + rect.h);
        UserRect::from_corners(a, b)
    }

    /// User space to displayed space.
    pub fn to_displayed(&self, rect: UserRect) -> Rect {
        let a = self.point_to_displayed(rect.llx, rect.lly);
        let b = self.point_to_displayed(rect.urx, rect.ury);
        Rect {
            x: a.0.min(b.0),
            y: a.1.min(b.1),
            w: (a.0 - b.0).abs(),
            h: (a.1 - b.1).abs(),
        }
    }

    /// A point of displayed space in user space.
    pub fn point_to_user(&self, x: f64, y: f64) -> (f64, f64) {
        let (w, h) = self.visible.extent();
        let (x, y) = (x / self.user_unit, y / self.user_unit);
        // (u, v): the point on the unrotated page, origin top-left, y down.
        let (u, v) = match self.rotation {
            Rotation::None => (x, y),
            Rotation::Quarter => (y, h - x),
            Rotation::Half => (w - x, h - y),
            Rotation::ThreeQuarters => (w - y, x),
        };
        (self.visible.llx + u, self.visible.ury - v)
    }

    /// A point of user space in displayed space.
    pub fn point_to_displayed(&self, x: f64, y: f64) -> (f64, f64) {
        let (w, h) = self.visible.extent();
        let (u, v) = (x - self.visible.llx, self.visible.ury - y);
        let (x, y) = match self.rotation {
            Rotation::None => (u, v),
            Rotation::Quarter => (h - v, u),
            Rotation::Half => (w - u, h - v),
            Rotation::ThreeQuarters => (v, w - u),
        };
        (x * self.user_unit, y * self.user_unit)
    }
}

impl UserRect {
    fn from_corners(a: (f64, f64), b: (f64, f64)) -> Self {
        Self {
            llx: a.0.min(b.0),
            lly: a.1.min(b.1),
            urx: a.0.max(b.0),
            ury: a.1.max(b.1),
        }
    }

    /// Width and height in user-space units.
    pub fn extent(&self) -> (f64, f64) {
        (self.urx - self.llx, self.ury - self.lly)
    }

    /// The rectangle that both cover, if they overlap.
    pub fn intersection(&self, other: &Self) -> Option<Self> {
        let cut = Self {
            llx: self.llx.max(other.llx),
            lly: self.lly.max(other.lly),
            urx: self.urx.min(other.urx),
            ury: self.ury.min(other.ury),
        };
        (cut.llx < cut.urx && cut.lly < cut.ury).then_some(cut)
    }
}

impl Rect {
    /// Moved, and where necessary shrunk, so that it lies on a page of `page`.
    pub fn clamped_to(self, page: Size) -> Self {
        let w = self.w.min(page.w);
        let h = self.h.min(page.h);
        Self {
            x: self.x.clamp(0.0, page.w - w),
            y: self.y.clamp(0.0, page.h - h),
            w,
            h,
        }
    }

    /// Whether the rectangle lies on a page of this size, to a hundredth of a point.
    pub fn is_on(&self, page: Size) -> bool {
        const SLACK: f64 = 0.01;
        self.x >= -SLACK
            && self.y >= -SLACK
            && self.x + self.w <= page.w + SLACK
            && self.y + self.h <= page.h + SLACK
    }

    /// The largest distance between corresponding edges, in points.
    pub fn largest_difference(&self, other: &Self) -> f64 {
        [
            self.x - other.x,
            self.y - other.y,
            self.x + self.w - other.x - other.w,
            self.y + self.h - other.y - other.h,
        ]
        .iter()
        .fold(0.0, |largest, edge| edge.abs().max(largest))
    }
}

/// A rectangle with whole-number corners, bottom-left origin, y up, on a straight page: what
/// Yousign v2 takes as `position` (`llx,lly,urx,ury`). At most half a point from what was asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct BottomLeftRect {
    pub llx: u32,
    pub lly: u32,
    pub urx: u32,
    pub ury: u32,
}

impl BottomLeftRect {
    /// `rect` in displayed space on a straight page of `page`; what lies outside is cut off.
    pub fn from_displayed(rect: Rect, page: Size) -> Self {
        let whole = |value: f64, limit: f64| value.clamp(0.0, limit).round() as u32;
        Self {
            llx: whole(rect.x, page.w),
            lly: whole(page.h - rect.y - rect.h, page.h),
            urx: whole(rect.x + rect.w, page.w),
            ury: whole(page.h - rect.y, page.h),
        }
    }

    /// Back to displayed space on a straight page of `page`.
    pub fn to_displayed(self, page: Size) -> Rect {
        Rect {
            x: f64::from(self.llx),
            y: page.h - f64::from(self.ury),
            w: f64::from(self.urx) - f64::from(self.llx),
            h: f64::from(self.ury) - f64::from(self.lly),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn geometries() -> impl Strategy<Value = PageGeometry> {
        (
            -500.0..500.0f64,
            -500.0..500.0f64,
            1.0..14_400.0f64,
            1.0..14_400.0f64,
            0..4i64,
            0.1..10.0f64,
        )
            .prop_map(|(x, y, w, h, turns, user_unit)| PageGeometry {
                visible: UserRect {
                    llx: x,
                    lly: y,
                    urx: x + w,
                    ury: y + h,
                },
                rotation: Rotation::from_degrees(turns * 90),
                user_unit,
            })
    }

    proptest! {
        #[test]
        fn displayed_to_user_and_back_is_the_same_place(page in geometries(), x in 0.0..1.0f64, y in 0.0..1.0f64, w in 0.0..1.0f64, h in 0.0..1.0f64) {
            let size = page.displayed_size();
            let rect = Rect { x: x * size.w, y: y * size.h, w: w * size.w, h: h * size.h };
            let back = page.to_displayed(page.to_user(rect));
            prop_assert!(rect.largest_difference(&back) <= 0.01, "{rect:?} came back as {back:?}");
        }

        #[test]
        fn whole_number_corners_stay_within_half_a_point(w in 50.0..2000.0f64, h in 50.0..2000.0f64, fx in 0.0..0.8f64, fy in 0.0..0.8f64) {
            let page = Size { w, h };
            let rect = Rect { x: fx * w, y: fy * h, w: 0.15 * w, h: 0.15 * h };
            let back = BottomLeftRect::from_displayed(rect, page).to_displayed(page);
            prop_assert!(rect.largest_difference(&back) <= 0.5 + 1e-9, "{rect:?} came back as {back:?}");
        }

        #[test]
        fn a_clamped_rectangle_lies_on_its_page(x in -5000.0..5000.0f64, y in -5000.0..5000.0f64, w in 1.0..3000.0f64, h in 1.0..3000.0f64) {
            let page = Size { w: 595.0, h: 842.0 };
            let rect = Rect { x, y, w, h };
            prop_assert!(rect.clamped_to(page).is_on(page), "clamping must bring a rectangle onto the page");
        }
    }

    #[test]
    fn only_whole_quarter_turns_count() {
        // What pdfium 8149 made of these values.
        let seen = [
            (0, 0),
            (45, 0),
            (89, 0),
            (100, 90),
            (179, 90),
            (450, 90),
            (-45, 0),
            (-89, 0),
            (-90, 270),
            (-135, 270),
            (-450, 270),
            (3_600_180, 180),
        ];
        for (degrees, shown) in seen {
            let turned = Rotation::from_degrees(degrees).degrees();
            assert_eq!(turned, shown, "/Rotate {degrees} is shown as pdfium does");
        }
    }

    #[test]
    fn the_reader_s_top_left_corner_is_found_for_every_rotation() {
        // A 200 x 100 page whose box starts at (10, 20). Turning it clockwise brings another
        // corner of user space to the reader's top left.
        let expected = [
            (0, (10.0, 120.0)),
            (90, (10.0, 20.0)),
            (180, (210.0, 20.0)),
            (270, (210.0, 120.0)),
        ];
        for (degrees, corner) in expected {
            let page = PageGeometry {
                visible: UserRect {
                    llx: 10.0,
                    lly: 20.0,
                    urx: 210.0,
                    ury: 120.0,
                },
                rotation: Rotation::from_degrees(degrees),
                user_unit: 1.0,
            };
            assert_eq!(
                page.point_to_user(0.0, 0.0),
                corner,
                "top left at /Rotate {degrees}"
            );
        }
    }
}
