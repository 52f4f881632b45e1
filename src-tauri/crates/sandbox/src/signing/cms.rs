//! The signature value: a detached CMS SignedData as PAdES baseline B-B asks for it (ETSI EN 319
//! 142-1): SHA-256, the signed attributes content-type, message-digest and
//! signing-certificate-v2. The moment of signing stands in the PDF's /M, so there is deliberately
//! no signing-time attribute.

use crate::signing::authority::Signer;
use cms::cert::{CertificateChoices, IssuerAndSerialNumber};
use cms::content_info::{CmsVersion, ContentInfo};
use cms::signed_data::{
    CertificateSet, EncapsulatedContentInfo, SignedData, SignerIdentifier, SignerInfo, SignerInfos,
};
use der::asn1::{Null, ObjectIdentifier, OctetString, SetOfVec};
use der::{Any, Decode, Encode, Sequence};
use rcgen::SigningKey;
use sha2::{Digest, Sha256};
use x509_cert::Certificate;
use x509_cert::attr::Attribute;
use x509_cert::spki::AlgorithmIdentifierOwned;

const ID_DATA: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.7.1");
const ID_SIGNED_DATA: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.7.2");
const CONTENT_TYPE: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.9.3");
const MESSAGE_DIGEST: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.9.4");
const SIGNING_CERTIFICATE_V2: ObjectIdentifier =
    ObjectIdentifier::new_unwrap("1.2.840.113549.1.9.16.2.47");
const SHA_256: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.16.840.1.101.3.4.2.1");
const SHA_256_WITH_RSA: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.1.11");

/// Why no signature value could be made.
#[derive(Debug, thiserror::Error)]
pub(crate) enum CmsError {
    #[error("the signature value could not be encoded: {0}")]
    Encoding(#[from] der::Error),
    #[error("the key refused to sign: {0}")]
    Key(#[from] rcgen::Error),
}

/// RFC 5035. The certificate's hash is SHA-256, which is the default and therefore left out.
#[derive(Sequence)]
struct EssCertIdV2 {
    cert_hash: OctetString,
}

/// RFC 5035.
#[derive(Sequence)]
struct SigningCertificateV2 {
    certs: Vec<EssCertIdV2>,
}

/// The DER of a SignedData over `parts`, with the signer's certificate and `authority`'s (DER).
pub(super) fn sign(
    parts: (&[u8], &[u8]),
    signer: &Signer,
    authority: &[u8],
) -> Result<Vec<u8>, CmsError> {
    let digest = Sha256::new()
        .chain_update(parts.0)
        .chain_update(parts.1)
        .finalize();
    let attributes = signed_attributes(&digest, &signer.certificate)?;
    // What is signed is the SET itself, not the [0] under which it is sent (RFC 5652, 5.4).
    let signature = signer.key.sign(&attributes.to_der()?)?;

    let certificate = Certificate::from_der(&signer.certificate)?;
    let sha256 = AlgorithmIdentifierOwned {
        oid: SHA_256,
        parameters: None,
    };
    let info = SignerInfo {
        version: CmsVersion::V1,
        sid: SignerIdentifier::IssuerAndSerialNumber(IssuerAndSerialNumber {
            issuer: certificate.tbs_certificate.issuer.clone(),
            serial_number: certificate.tbs_certificate.serial_number.clone(),
        }),
        digest_alg: sha256.clone(),
        signed_attrs: Some(attributes),
        signature_algorithm: AlgorithmIdentifierOwned {
            oid: SHA_256_WITH_RSA,
            parameters: Some(Any::encode_from(&Null)?),
        },
        signature: OctetString::new(signature)?,
        unsigned_attrs: None,
    };
    let certificates = [certificate, Certificate::from_der(authority)?];
    let signed = SignedData {
        version: CmsVersion::V1,
        digest_algorithms: SetOfVec::try_from(vec![sha256])?,
        encap_content_info: EncapsulatedContentInfo {
            econtent_type: ID_DATA,
            econtent: None,
        },
        certificates: Some(CertificateSet(SetOfVec::try_from(
            certificates.map(CertificateChoices::Certificate).to_vec(),
        )?)),
        crls: None,
        signer_infos: SignerInfos(SetOfVec::try_from(vec![info])?),
    };
    let content = ContentInfo {
        content_type: ID_SIGNED_DATA,
        content: Any::encode_from(&signed)?,
    };
    Ok(content.to_der()?)
}

fn signed_attributes(digest: &[u8], certificate: &[u8]) -> Result<SetOfVec<Attribute>, CmsError> {
    let certificate = SigningCertificateV2 {
        certs: vec![EssCertIdV2 {
            cert_hash: OctetString::new(Sha256::digest(certificate).to_vec())?,
        }],
    };
    let attribute = |oid, value: Any| -> Result<Attribute, der::Error> {
        Ok(Attribute {
            oid,
            values: SetOfVec::try_from(vec![value])?,
        })
    };
    Ok(SetOfVec::try_from(vec![
        attribute(CONTENT_TYPE, Any::encode_from(&ID_DATA)?)?,
        attribute(
            MESSAGE_DIGEST,
            Any::encode_from(&OctetString::new(digest)?)?,
        )?,
        attribute(SIGNING_CERTIFICATE_V2, Any::encode_from(&certificate)?)?,
    ])?)
}
