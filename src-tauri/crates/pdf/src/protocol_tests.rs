use super::*;

#[test]
fn a_frame_says_how_long_it_is_and_can_be_read_back() {
    let request = Request::Do {
        job: 7,
        document: 3,
        work: Work::StampPages { text: "é".into() },
    };
    let frame = encode(&request, 12).expect("a small frame");
    let (prefix, head) = frame
        .split_first_chunk::<PREFIX_BYTES>()
        .expect("it has a prefix");
    let lengths = Lengths::read(*prefix).expect("within the limits");
    assert_eq!((lengths.head, lengths.body), (head.len(), 12));
    let read: Request = decode(head).expect("what was written is read");
    assert_eq!(format!("{read:?}"), format!("{request:?}"));
}

#[test]
fn lengths_over_the_limits_are_refused_before_anything_is_read() {
    let frame = |head: u32, body: u32| {
        let [head, body] = [head, body].map(u32::to_le_bytes);
        Lengths::read([
            head[0], head[1], head[2], head[3], body[0], body[1], body[2], body[3],
        ])
    };
    assert!(frame(100, 100).is_ok());
    for (head, body) in [(u32::MAX, 0), (0, u32::MAX), (u32::MAX, u32::MAX)] {
        let refused = frame(head, body);
        assert!(
            matches!(refused, Err(FrameError::TooLong { .. })),
            "{head} + {body}"
        );
    }
}

#[test]
fn a_head_that_is_no_request_is_an_error() {
    for head in [&[][..], &[0xFF; 20], &[0, 1, 2, 3]] {
        assert!(decode::<Request>(head).is_err(), "{head:?} is no request");
    }
}
