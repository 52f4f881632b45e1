//! The list of procedures: filters, order and pages.
//!
//! Documented: the names of the parameters and of the headers. Our choice: 30 to a page unless
//! asked otherwise, at most 100, paged unless `pagination=false`, the newest first.

use crate::answer::ApiError;
use crate::seams::bare_id;
use crate::state::bundle::Bundle;
use crate::state::procedures::{Procedure, Status};
use crate::state::{DbError, Moment, procedures};
use crate::wire::midnight;
use axum::http::HeaderMap;
use jiff::Timestamp;
use jiff::civil::Date;
use rusqlite::Connection;

const DEFAULT_PER_PAGE: usize = 30;
const MOST_PER_PAGE: usize = 100;

/// What was asked for.
pub(super) struct Query {
    status: Option<Status>,
    template: bool,
    members: Vec<String>,
    /// (which text, what it has to contain, in lower case)
    contains: Vec<(Searched, String)>,
    dates: Vec<(Dated, Bound, Timestamp)>,
    oldest_first: bool,
    paged: bool,
    per_page: usize,
    page: usize,
}

#[derive(Clone, Copy)]
enum Searched {
    Name,
    FirstName,
    LastName,
    Phone,
    Email,
    FileName,
}

#[derive(Clone, Copy)]
enum Dated {
    Created,
    Updated,
    Expires,
}

#[derive(Clone, Copy)]
enum Bound {
    After,
    Before,
    StrictlyAfter,
    StrictlyBefore,
}

impl Query {
    /// Unknown parameters are ignored, wrong values of known ones are 400: our choice.
    pub(super) fn parse(query: &str) -> Result<Self, ApiError> {
        let mut parsed = Self {
            status: None,
            template: false,
            members: Vec::new(),
            contains: Vec::new(),
            dates: Vec::new(),
            oldest_first: false,
            paged: true,
            per_page: DEFAULT_PER_PAGE,
            page: 1,
        };
        for (key, value) in url::form_urlencoded::parse(query.as_bytes()) {
            let wrong = || ApiError::violation(&key, "This value is not valid.");
            match key.as_ref() {
                "status" => parsed.status = Some(Status::parse(&value).ok_or_else(wrong)?),
                "template" => parsed.template = boolean(&value).ok_or_else(wrong)?,
                "members[]" | "members" => {
                    parsed
                        .members
                        .push(bare_id("members", &value).ok_or_else(wrong)?);
                }
                "order[createdAt]" => {
                    parsed.oldest_first = match value.as_ref() {
                        "asc" => true,
                        "desc" => false,
                        _ => return Err(wrong()),
                    };
                }
                "pagination" => parsed.paged = boolean(&value).ok_or_else(wrong)?,
                "itemsPerPage" => {
                    let wanted: usize = value.parse().map_err(|_| wrong())?;
                    parsed.per_page = wanted.clamp(1, MOST_PER_PAGE);
                }
                "page" => {
                    let page = value.parse().ok().filter(|page| *page > 0);
                    parsed.page = page.ok_or_else(wrong)?;
                }
                _ => {
                    if let Some(searched) = searched(&key) {
                        parsed.contains.push((searched, value.to_lowercase()));
                    } else if let Some((dated, bound)) = dated(&key) {
                        let date: Date = value.parse().map_err(|_| wrong())?;
                        parsed
                            .dates
                            .push((dated, bound, midnight(date).ok_or_else(wrong)?));
                    }
                }
            }
        }
        Ok(parsed)
    }

    /// The page asked for, and the headers that tell how many there are.
    pub(super) fn run(&self, db: &Connection) -> Result<(Vec<Bundle>, HeaderMap), DbError> {
        let mut found = Vec::new();
        for procedure in procedures::all(db)? {
            if self.takes(&procedure) {
                let bundle = Bundle::around(db, procedure)?;
                if self.takes_content(&bundle) {
                    found.push(bundle);
                }
            }
        }
        if !self.oldest_first {
            found.reverse();
        }
        let total = found.len();
        let per_page = if self.paged {
            self.per_page
        } else {
            total.max(1)
        };
        let page = if self.paged { self.page } else { 1 };
        let last = total.div_ceil(per_page).max(1);
        let skipped = page.saturating_sub(1).saturating_mul(per_page);
        let bundles = found.into_iter().skip(skipped).take(per_page).collect();
        let mut headers = HeaderMap::new();
        headers.insert("X-Yousign-Pagination-TotalItems", total.into());
        headers.insert("X-Yousign-Pagination-Page-Last", last.into());
        headers.insert("X-Yousign-Pagination-Page-Current", page.into());
        Ok((bundles, headers))
    }

    fn takes(&self, procedure: &Procedure) -> bool {
        procedure.template == self.template
            && self.status.is_none_or(|status| status == procedure.status)
            && self.dates.iter().all(|(dated, bound, at)| {
                let date = match dated {
                    Dated::Created => Some(procedure.created_at),
                    Dated::Updated => Some(procedure.updated_at),
                    Dated::Expires => procedure.expires_at,
                };
                date.is_some_and(|Moment(date)| match bound {
                    Bound::After => date >= *at,
                    Bound::Before => date <= *at,
                    Bound::StrictlyAfter => date > *at,
                    Bound::StrictlyBefore => date < *at,
                })
            })
    }

    fn takes_content(&self, bundle: &Bundle) -> bool {
        let has = |text: &str, wanted: &str| text.to_lowercase().contains(wanted);
        let any_member = |wanted: &str, of: fn(&crate::state::members::Member) -> &str| {
            bundle.members.iter().any(|member| has(of(member), wanted))
        };
        self.members.iter().all(|id| bundle.member(id).is_some())
            && self
                .contains
                .iter()
                .all(|(searched, wanted)| match searched {
                    Searched::Name => has(&bundle.procedure.name, wanted),
                    Searched::FirstName => any_member(wanted, |member| &member.firstname),
                    Searched::LastName => any_member(wanted, |member| &member.lastname),
                    Searched::Phone => any_member(wanted, |member| &member.phone),
                    Searched::Email => any_member(wanted, |member| &member.email),
                    Searched::FileName => bundle.files.iter().any(|file| has(&file.name, wanted)),
                })
    }
}

fn boolean(value: &str) -> Option<bool> {
    match value {
        "true" | "1" => Some(true),
        "false" | "0" => Some(false),
        _ => None,
    }
}

fn searched(key: &str) -> Option<Searched> {
    Some(match key {
        "name" => Searched::Name,
        "members.firstname" => Searched::FirstName,
        "members.lastname" => Searched::LastName,
        "members.phone" => Searched::Phone,
        "members.email" => Searched::Email,
        "files.name" => Searched::FileName,
        _ => return None,
    })
}

fn dated(key: &str) -> Option<(Dated, Bound)> {
    let (name, bound) = key.strip_suffix(']')?.split_once('[')?;
    let dated = match name {
        "createdAt" => Dated::Created,
        "updatedAt" => Dated::Updated,
        "expiresAt" => Dated::Expires,
        _ => return None,
    };
    let bound = match bound {
        "after" => Bound::After,
        "before" => Bound::Before,
        "strictly_after" => Bound::StrictlyAfter,
        "strictly_before" => Bound::StrictlyBefore,
        _ => return None,
    };
    Some((dated, bound))
}
