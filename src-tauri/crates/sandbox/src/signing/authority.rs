//! The sandbox's own test authority, and the certificates it gives to signers.
//!
//! Everything it issues says that it has no legal value. Its key is of no worth outside this
//! sandbox and lies in the sandbox's database; a signer's key lives for one act of signing.

use crate::signing::marks::NO_LEGAL_VALUE;
use crate::state::{DbError, settings};
use der::Decode;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Span, Timestamp};
use rcgen::{
    BasicConstraints, CertificateParams, DistinguishedName, DnType, IsCa, Issuer, KeyPair,
    KeyUsagePurpose, PKCS_RSA_SHA256, RsaKeySize,
};
use rusqlite::Connection;
use std::sync::Arc;
use x509_cert::Certificate;
use x509_cert::name::Name;

/// What a certificate's name ends in.
const MARK: &str = "(PRACTICE - NO LEGAL VALUE)";
/// X.520's upper bound for a common name, and for an organizational unit's, in characters.
const COMMON_NAME_LIMIT: usize = 64;

/// Why no certificate could be made.
#[derive(Debug, thiserror::Error)]
pub enum AuthorityError {
    #[error("a certificate could not be made: {0}")]
    Certificate(#[from] rcgen::Error),
    #[error("a certificate's time could not be computed: {0}")]
    Time(#[from] jiff::Error),
    #[error(transparent)]
    Database(#[from] DbError),
}

#[derive(Clone)]
pub(crate) struct Authority {
    issuer: Arc<Issuer<'static, KeyPair>>,
    /// DER.
    pub certificate: Vec<u8>,
}

/// A key and its certificate for one act of signing.
pub(crate) struct Signer {
    pub key: KeyPair,
    /// DER.
    pub certificate: Vec<u8>,
}

impl Authority {
    /// The authority of this data folder, made at its first start.
    pub(crate) fn load_or_create(db: &Connection, now: Timestamp) -> Result<Self, AuthorityError> {
        let key = settings::get(db, settings::AUTHORITY_KEY)?;
        let certificate = settings::get(db, settings::AUTHORITY_CERTIFICATE)?;
        let key = match key {
            Some(key) => KeyPair::try_from(key)?,
            None => new_key()?,
        };
        let parameters = root_parameters(now)?;
        let fresh = parameters.self_signed(&key)?.der().to_vec();
        // One that another version made may bear another name than what is issued would refer to.
        let certificate = match certificate.filter(|old| subject(old) == subject(&fresh)) {
            Some(certificate) => certificate,
            None => {
                settings::set(db, settings::AUTHORITY_KEY, key.serialized_der())?;
                settings::set(db, settings::AUTHORITY_CERTIFICATE, &fresh)?;
                fresh
            }
        };
        Ok(Self {
            issuer: Arc::new(Issuer::new(parameters, key)),
            certificate,
        })
    }

    /// A fresh key and certificate for `name`. Takes a noticeable part of a second.
    pub(crate) fn issue(&self, name: &str, now: Timestamp) -> Result<Signer, AuthorityError> {
        let key = new_key()?;
        let mut parameters = CertificateParams::default();
        parameters.distinguished_name = distinguished_name(&common_name(name));
        parameters.key_usages = vec![
            KeyUsagePurpose::DigitalSignature,
            KeyUsagePurpose::ContentCommitment,
        ];
        parameters.use_authority_key_identifier_extension = true;
        set_validity(&mut parameters, now, 3)?;
        let certificate = parameters.signed_by(&key, &self.issuer)?.der().to_vec();
        Ok(Signer { key, certificate })
    }
}

/// RSA, because every reader of PDFs verifies it.
fn new_key() -> Result<KeyPair, rcgen::Error> {
    KeyPair::generate_rsa_for(&PKCS_RSA_SHA256, RsaKeySize::_2048)
}

/// The validity does not matter to what an issuer issues, so that of a loaded authority need not
/// be the one in its certificate.
fn root_parameters(now: Timestamp) -> Result<CertificateParams, AuthorityError> {
    let mut parameters = CertificateParams::default();
    parameters.distinguished_name =
        distinguished_name(&format!("Paraph practice authority {MARK}"));
    parameters.is_ca = IsCa::Ca(BasicConstraints::Constrained(0));
    parameters.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
    set_validity(&mut parameters, now, 20)?;
    Ok(parameters)
}

fn subject(certificate: &[u8]) -> Option<Name> {
    let certificate = Certificate::from_der(certificate).ok()?;
    Some(certificate.tbs_certificate.subject)
}

fn distinguished_name(common_name: &str) -> DistinguishedName {
    let mut name = DistinguishedName::new();
    name.push(DnType::CommonName, common_name);
    name.push(DnType::OrganizationName, "Paraph practice server");
    name.push(DnType::OrganizationalUnitName, NO_LEGAL_VALUE);
    name
}

/// The name, shortened where the bound asks for it; the mark is never shortened.
fn common_name(name: &str) -> String {
    let room = COMMON_NAME_LIMIT
        .saturating_sub(MARK.chars().count())
        .saturating_sub(1);
    let name: String = name
        .chars()
        .filter(|letter| !letter.is_control())
        .take(room)
        .collect();
    format!("{} {MARK}", name.trim())
}

/// From the day before, for clocks that differ.
fn set_validity(
    parameters: &mut CertificateParams,
    now: Timestamp,
    years: i64,
) -> Result<(), AuthorityError> {
    let today = now.to_zoned(TimeZone::UTC).date();
    let until = today.checked_add(Span::new().years(years))?;
    let day = |date: Date| {
        let (month, day) = (date.month().unsigned_abs(), date.day().unsigned_abs());
        rcgen::date_time_ymd(i32::from(date.year()), month, day)
    };
    parameters.not_before = day(today.yesterday()?);
    parameters.not_after = day(until);
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::state::Db;

    #[tokio::test]
    async fn what_is_issued_names_the_authority_that_is_shown() {
        let folder = tempfile::tempdir().expect("a folder");
        let db = Db::open(&folder.path().join("state")).expect("a database");
        let checked = db.run(|db| {
            check_names(db);
            Ok::<_, DbError>(())
        });
        checked.await.expect("a transaction");
    }

    fn check_names(db: &Connection) {
        let now: Timestamp = "2026-03-02T09:15:00Z".parse().expect("a moment");
        let first = Authority::load_or_create(db, now).expect("an authority");
        let again = Authority::load_or_create(db, now).expect("the same");
        assert_eq!(again.certificate, first.certificate, "it is kept");

        // Another version's name.
        let key = settings::get(db, settings::AUTHORITY_KEY).expect("readable");
        let key = KeyPair::try_from(key.expect("kept")).expect("a key");
        let mut other = root_parameters(now).expect("parameters");
        other.distinguished_name = DistinguishedName::new();
        let other = other.self_signed(&key).expect("a certificate");
        settings::set(db, settings::AUTHORITY_CERTIFICATE, other.der()).expect("written");
        let renewed = Authority::load_or_create(db, now).expect("an authority");
        assert_eq!(subject(&renewed.certificate), subject(&first.certificate));
        let signer = renewed.issue("Ada Martin", now).expect("a certificate");
        let signer = Certificate::from_der(&signer.certificate).expect("a certificate");
        assert_eq!(
            Some(signer.tbs_certificate.issuer),
            subject(&renewed.certificate)
        );
    }

    #[test]
    fn a_long_name_is_shortened_and_the_mark_is_not() {
        assert_eq!(
            common_name("Ada Martin"),
            "Ada Martin (PRACTICE - NO LEGAL VALUE)"
        );
        let long = common_name(&"é".repeat(200));
        assert_eq!(
            long.chars().count(),
            COMMON_NAME_LIMIT,
            "X.520 bounds a common name"
        );
        assert!(
            long.ends_with(MARK),
            "a certificate always says that it has no legal value"
        );
        assert!(
            NO_LEGAL_VALUE.chars().count() <= COMMON_NAME_LIMIT,
            "the whole line is in each certificate's name"
        );
    }
}
