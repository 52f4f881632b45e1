//! What goes over the wire: bodies in the vendor's key order and PHP's way of writing JSON.
//!
//! These types are the sandbox's own: it must not share a mistake with the client it is there to
//! test.

mod input;
mod json;
mod output;

pub(crate) use input::{Input, Violation};
pub(crate) use json::to_php_json;
pub(crate) use output::{
    file_body, file_object_body, file_object_created_body, member_body, procedure_body,
};

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

/// France, where the vendor's dates come from. Written as a rule so that no time zone database
/// has to be on the machine.
pub(crate) fn vendor_zone() -> TimeZone {
    TimeZone::posix("CET-1CEST,M3.5.0,M10.5.0/3").unwrap_or(TimeZone::UTC)
}

/// A moment as the vendor writes it: numeric offset, no milliseconds (seen in live replies).
pub(crate) fn moment(at: Timestamp) -> String {
    at.to_zoned(vendor_zone())
        .strftime("%Y-%m-%dT%H:%M:%S%:z")
        .to_string()
}

/// The midnight at which `date` begins in the vendor's zone.
pub(crate) fn midnight(date: Date) -> Option<Timestamp> {
    date.to_zoned(vendor_zone())
        .ok()
        .map(|zoned| zoned.timestamp())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_have_the_french_offset_and_no_milliseconds() {
        let winter: Timestamp = "2018-12-01T10:36:20.987Z".parse().unwrap();
        let summer: Timestamp = "2021-04-30T00:00:00Z".parse().unwrap();
        assert_eq!(moment(winter), "2018-12-01T11:36:20+01:00");
        assert_eq!(moment(summer), "2021-04-30T02:00:00+02:00");
    }

    #[test]
    fn a_date_begins_at_french_midnight() {
        let date = jiff::civil::date(2021, 4, 30);
        assert_eq!(moment(midnight(date).unwrap()), "2021-04-30T00:00:00+02:00");
    }
}
