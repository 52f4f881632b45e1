use super::*;

const SIZE: (u32, u32) = (200, 100);

/// White, with a dark rectangle from `x`, `y` on.
fn picture(x: usize, y: usize, width: usize, height: usize) -> Vec<u8> {
    let mut pixels = vec![[255_u8; 3]; 200 * 100];
    for row in y..y + height {
        pixels[row * 200 + x..row * 200 + x + width].fill([20, 20, 40]);
    }
    pixels.concat()
}

#[test]
fn what_is_scaled_down_may_lie_a_pixel_beside_where_it_was() {
    let before = picture(50, 40, 60, 10);
    for (x, y) in [(50, 40), (51, 40), (50, 39), (49, 41)] {
        assert!(
            look_alike(&before, &picture(x, y, 60, 10), SIZE),
            "{x}, {y}"
        );
    }
    for (x, y) in [(54, 40), (50, 44)] {
        assert!(
            !look_alike(&before, &picture(x, y, 60, 10), SIZE),
            "{x}, {y}"
        );
    }
}

#[test]
fn what_is_missing_or_new_is_seen() {
    let (with, without) = (picture(180, 90, 20, 10), picture(0, 0, 0, 0));
    assert!(!look_alike(&with, &without, SIZE), "it is missing");
    assert!(!look_alike(&without, &with, SIZE), "it is new");
    let speck = picture(199, 99, 1, 1);
    assert!(look_alike(&speck, &without, SIZE), "a speck is no content");
    let blue = |level: &u8| if *level == 40 { 200 } else { *level };
    let other: Vec<u8> = with.iter().map(blue).collect();
    assert!(!look_alike(&with, &other, SIZE), "another colour");
}

#[test]
fn pictures_of_other_sizes_are_not_alike() {
    let whole = picture(0, 0, 0, 0);
    assert!(!look_alike(&whole, &whole[3..], SIZE));
    assert!(!look_alike(&whole[3..], &whole, SIZE));
    assert!(!look_alike(&whole[..whole.len() - 1], &whole, SIZE));
}

#[test]
fn every_page_has_a_picture() {
    let size = |w, h| picture_size(Size { w, h });
    assert_eq!(size(595.0, 842.0), (565, 800));
    assert_eq!(size(1.0, 1.0), (2, 2), "the smallest");
    assert_eq!(size(1.0, 14_400.0), (1, 800), "the narrowest");
}
