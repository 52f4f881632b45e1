//! The requests of Yousign v2 that Paraph makes, one function each.
//!
//! Any success status is taken as success: the vendor's specification and its real answers
//! disagree about 200 and 201.

use super::wire;
use crate::error::Error;
use crate::http::{Answer, Http, Read};
use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, STANDARD_NO_PAD};
use bytes::Bytes;
use reqwest::Method;
use reqwest::header::HeaderMap;
use serde::Serialize;

/// Bytes of a JSON answer (our choice).
const JSON_LIMIT: usize = 5 * 1024 * 1024;
/// Bytes of a page of a list (our choice): some hundred kilobytes for each entry, which holds all
/// people with their fields.
const LIST_LIMIT: usize = 32 * 1024 * 1024;
/// Bytes of a file's answer: the largest document, signed, in base64 (our choice).
const FILE_LIMIT: usize = 96 * 1024 * 1024;
/// Entries asked for on a page of a list. The vendor may give fewer; its headers say how many
/// pages there are.
const PER_PAGE: usize = 30;

pub(super) struct Client {
    http: Http,
}

impl Client {
    pub(super) fn new(http: Http) -> Self {
        Self { http }
    }

    pub(super) async fn users(&self) -> Result<Vec<wire::User>, Error> {
        let answer = self.get("/users", &[], JSON_LIMIT).await?;
        Ok(answer.json::<wire::List<_>>()?.0)
    }

    /// One page of procedures that are not templates, newest first, and whether there are more.
    pub(super) async fn procedures(
        &self,
        status: Option<&str>,
        created_since: Option<jiff::civil::Date>,
        page: u32,
    ) -> Result<(Vec<wire::Procedure>, bool), Error> {
        let mut query = vec![
            ("order[createdAt]", "desc".to_owned()),
            ("pagination", "true".to_owned()),
            ("itemsPerPage", PER_PAGE.to_string()),
            ("page", page.to_string()),
        ];
        if let Some(status) = status {
            query.push(("status", status.to_owned()));
        }
        if let Some(day) = created_since {
            query.push(("createdAt[after]", day.to_string()));
        }
        let answer = self.get("/procedures", &query, LIST_LIMIT).await?;
        let entries = answer.json::<Vec<serde::de::IgnoredAny>>()?.len();
        let more = match page_number(&answer.headers, "x-yousign-pagination-page-last") {
            Some(last) => page < last,
            None => entries >= PER_PAGE,
        };
        Ok((answer.json::<wire::List<_>>()?.0, more))
    }

    pub(super) async fn procedure(&self, id: &str) -> Result<wire::Procedure, Error> {
        self.get(known_id(id)?, &[], JSON_LIMIT).await?.json()
    }

    /// Makes something and says its id.
    pub(super) async fn create(
        &self,
        collection: &str,
        input: &impl Serialize,
    ) -> Result<String, Error> {
        let answer = self
            .http
            .write(Method::POST, collection, Some(body(input)?), JSON_LIMIT)
            .await?;
        let id = answer.json::<wire::Made>()?.id;
        let made_here = id
            .strip_prefix(collection)
            .is_some_and(|rest| rest.starts_with('/'));
        match known_id(&id) {
            Ok(_) if made_here => Ok(id),
            Ok(_) | Err(_) => Err(answer.unexpected("an id that is none")),
        }
    }

    /// Starts a draft. Returns the status it has afterwards.
    pub(super) async fn start(&self, procedure: &str) -> Result<String, Error> {
        let input = wire::StartInput { start: true };
        let answer = self
            .http
            .write(
                Method::PUT,
                known_id(procedure)?,
                Some(body(&input)?),
                JSON_LIMIT,
            )
            .await?;
        let procedure: wire::Procedure = answer.json()?;
        if procedure.status == "draft" {
            return Err(answer.unexpected("still a draft after it was started"));
        }
        Ok(procedure.status)
    }

    /// Deletes something. What is already gone counts as deleted.
    pub(super) async fn delete(&self, id: &str) -> Result<(), Error> {
        let answer = self
            .http
            .write(Method::DELETE, known_id(id)?, None, JSON_LIMIT)
            .await;
        match answer {
            Ok(_) | Err(Error::NotFound) => Ok(()),
            Err(error) => Err(error),
        }
    }

    pub(super) async fn remind(
        &self,
        procedure: &str,
        input: &wire::RemindInput,
    ) -> Result<(), Error> {
        let path = format!("{}/remind", known_id(procedure)?);
        self.http
            .write(Method::POST, &path, Some(body(input)?), JSON_LIMIT)
            .await?;
        Ok(())
    }

    /// A file's bytes. `alt=media` gives them raw (seen in live replies); without it, and
    /// perhaps from servers that do not know it, they come as a JSON string of base64.
    pub(super) async fn download(&self, file: &str) -> Result<Bytes, Error> {
        let path = format!("{}/download", known_id(file)?);
        let media = [("alt", "media".to_owned())];
        self.file(&path, &media).await
    }

    /// The proofs of all members (vendor documentation: a JSON string of base64).
    pub(super) async fn proof(&self, procedure: &str) -> Result<Bytes, Error> {
        let path = format!("{}/proof", known_id(procedure)?);
        self.file(&path, &[]).await
    }

    async fn get(
        &self,
        path: &str,
        query: &[(&str, String)],
        limit: usize,
    ) -> Result<Answer, Error> {
        self.http
            .read(Read {
                path,
                query,
                limit,
                file: false,
            })
            .await
    }

    async fn file(&self, path: &str, query: &[(&str, String)]) -> Result<Bytes, Error> {
        let answer = self
            .http
            .read(Read {
                path,
                query,
                limit: FILE_LIMIT,
                file: true,
            })
            .await?;
        file_bytes(&answer)
    }
}

/// Raw bytes, or those in a JSON string of base64. No file that Paraph fetches begins with a
/// quotation mark.
fn file_bytes(answer: &Answer) -> Result<Bytes, Error> {
    let bytes = if answer.body.trim_ascii_start().first() == Some(&b'"') {
        let text: String = answer.json()?;
        let text: Vec<u8> = text.bytes().filter(|b| !b.is_ascii_whitespace()).collect();
        let decoded = STANDARD
            .decode(&text)
            .or_else(|_| STANDARD_NO_PAD.decode(&text))
            .map_err(|_| answer.unexpected("a file that is not base64"))?;
        Bytes::from(decoded)
    } else {
        answer.body.clone()
    };
    if bytes.is_empty() {
        return Err(answer.unexpected("an empty file"));
    }
    Ok(bytes)
}

/// Ids are paths (`/procedures/<uuid>`). One that could lead elsewhere is not used: there is
/// nothing by that name.
fn known_id(id: &str) -> Result<&str, Error> {
    let mut parts = id.split('/');
    let well_formed = parts.next() == Some("")
        && parts.next().is_some_and(|collection| {
            !collection.is_empty()
                && collection
                    .bytes()
                    .all(|b| b.is_ascii_lowercase() || b == b'_' || b == b'-')
        })
        && parts.next().is_some_and(|key| {
            !key.is_empty() && key.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
        })
        && parts.next().is_none();
    if well_formed {
        Ok(id)
    } else {
        Err(Error::NotFound)
    }
}

fn body(input: &impl Serialize) -> Result<Bytes, Error> {
    serde_json::to_vec(input)
        .map(Bytes::from)
        .map_err(|trouble| Error::Rejected {
            message: trouble.to_string(),
            places: Vec::new(),
        })
}

fn page_number(headers: &HeaderMap, name: &str) -> Option<u32> {
    headers.get(name)?.to_str().ok()?.trim().parse().ok()
}
