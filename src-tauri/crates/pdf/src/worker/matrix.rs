//! Transformations of the plane.

/// As PDF writes them (ISO 32000-1, 8.3.4): `x' = a x + c y + e`, `y' = b x + d y + f`.
pub type Matrix = [f64; 6];

pub const IDENTITY: Matrix = [1.0, 0.0, 0.0, 1.0, 0.0, 0.0];

pub fn apply([a, b, c, d, e, f]: Matrix, x: f64, y: f64) -> (f64, f64) {
    (a * x + c * y + e, b * x + d * y + f)
}

/// First `first`, then `second`.
pub fn then([a, b, c, d, e, f]: Matrix, second: Matrix) -> Matrix {
    let [sa, sb, sc, sd, _, _] = second;
    let (x, y) = apply(second, e, f);
    [
        a * sa + b * sc,
        a * sb + b * sd,
        c * sa + d * sc,
        c * sb + d * sd,
        x,
        y,
    ]
}

/// How much a length grows, on average over directions.
pub fn scale([a, b, c, d, _, _]: Matrix) -> f64 {
    (a * d - b * c).abs().sqrt()
}
