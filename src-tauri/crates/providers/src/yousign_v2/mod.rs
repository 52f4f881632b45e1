//! Yousign's API v2, and the practice server, which speaks it too.

mod client;
mod convert;
mod mails;
mod plan;
#[cfg(test)]
mod snapshots;
#[cfg(test)]
mod vendor;
mod wire;

use crate::error::Error;
use crate::http::Http;
use crate::provider::{
    Blobs, Found, Identity, ListQuery, ListStatus, Listed, Proof, Provider, RemoteProcedure,
};
use crate::seams::Seams;
use async_trait::async_trait;
use bytes::Bytes;
use client::Client;
use paraph_domain::capabilities::{Capabilities, Environment};
use paraph_domain::draft::IdentityCheck;
use paraph_domain::geometry::Size;
use paraph_domain::sending::{Mail, RemoteIds, Snapshot, Step};
use url::Url;

pub(crate) struct YousignV2 {
    client: Client,
    environment: Environment,
    app: Url,
    seams: Seams,
}

impl YousignV2 {
    /// `app` is the web application that serves the signing pages.
    pub(crate) fn new(http: Http, environment: Environment, app: Url, seams: Seams) -> Self {
        Self {
            client: Client::new(http),
            environment,
            app,
            seams,
        }
    }
}

/// What can be done with a v2 key.
pub(crate) fn capabilities(environment: Environment) -> Capabilities {
    Capabilities {
        // The vendor documents no limit for v2; this is our choice.
        largest_document: 50 * 1024 * 1024,
        identity_checks: vec![
            IdentityCheck::EmailCode,
            IdentityCheck::SmsCode,
            IdentityCheck::None,
        ],
        phone_required: true,
        approvers: true,
        observers: true,
        attachments: true,
        text_fields: true,
        mentions: true,
        reminders: true,
        longest_text: 255,
        smallest_text: convert::SMALLEST_TEXT,
        largest_text: convert::LARGEST_TEXT,
        // Our choice: a mark with a name and a date is not legible below this.
        smallest_signature: Size { w: 60.0, h: 30.0 },
        proof: environment != Environment::Test,
        whole_points: true,
    }
}

#[async_trait]
impl Provider for YousignV2 {
    fn capabilities(&self) -> Capabilities {
        capabilities(self.environment)
    }

    /// A v2 key belongs to an organisation, not to a person, and nothing says who made it; the
    /// first user who is not deleted stands for the organisation.
    async fn identify(&self) -> Result<Identity, Error> {
        let users = self.client.users().await?;
        let user = users.into_iter().find(|user| user.deleted != Some(true));
        Ok(user.map_or_else(Identity::default, |user| Identity {
            name: format!("{} {}", user.firstname.trim(), user.lastname.trim())
                .trim()
                .to_owned(),
            email: user.email,
            organisation: user
                .workspaces
                .into_iter()
                .map(|workspace| workspace.name)
                .find(|name| !name.is_empty()),
        }))
    }

    fn plan(&self, snapshot: &Snapshot) -> Vec<Step> {
        plan::plan(snapshot)
    }

    async fn perform(
        &self,
        step: &Step,
        snapshot: &Snapshot,
        made: &RemoteIds,
        blobs: &dyn Blobs,
    ) -> Result<RemoteIds, Error> {
        plan::perform(&self.client, step, snapshot, made, blobs, self.seams.now()).await
    }

    async fn find(
        &self,
        step: &Step,
        snapshot: &Snapshot,
        made: &RemoteIds,
    ) -> Result<Found, Error> {
        plan::find(&self.client, step, snapshot, made).await
    }

    async fn list(&self, query: &ListQuery, page: u32) -> Result<Listed, Error> {
        let status = query.status.map(|status| match status {
            ListStatus::Draft => convert::DRAFT,
            ListStatus::Open => convert::OPEN,
        });
        let (procedures, more) = self
            .client
            .procedures(status, query.created_since, page.max(1))
            .await?;
        Ok(Listed {
            procedures: procedures
                .into_iter()
                .map(convert::remote_procedure)
                .collect(),
            more,
        })
    }

    async fn read(&self, remote_id: &str) -> Result<Option<RemoteProcedure>, Error> {
        match self.client.procedure(remote_id).await {
            Ok(procedure) => Ok(Some(convert::remote_procedure(procedure))),
            Err(Error::NotFound) => Ok(None),
            Err(error) => Err(error),
        }
    }

    async fn download(&self, document: &str) -> Result<Bytes, Error> {
        self.client.download(document).await
    }

    /// The vendor's staging makes no proofs (vendor documentation), so it is not asked.
    async fn proof(&self, remote_id: &str) -> Result<Option<Proof>, Error> {
        if self.environment == Environment::Test {
            return Ok(None);
        }
        let bytes = self.client.proof(remote_id).await?;
        let ending = if bytes.starts_with(b"PK") {
            "zip"
        } else if bytes.starts_with(b"%PDF") {
            "pdf"
        } else {
            "txt"
        };
        Ok(Some(Proof { bytes, ending }))
    }

    async fn remind(&self, remote_id: &str, words: &Mail, sign_button: &str) -> Result<(), Error> {
        let input = mails::reminder_now(words, sign_button);
        self.client.remind(remote_id, &input).await
    }

    /// The vendor stops a procedure by deleting it, whatever its status. One that was completed
    /// a moment ago would be lost with its signatures, so it is looked at first.
    async fn cancel(&self, remote_id: &str) -> Result<(), Error> {
        match self.client.procedure(remote_id).await {
            Ok(procedure) if procedure.status == convert::FINISHED => Err(Error::AlreadyCompleted),
            Ok(_) => self.client.delete(remote_id).await,
            Err(Error::NotFound) => Ok(()),
            Err(error) => Err(error),
        }
    }

    fn signing_link(&self, participant: &str) -> Option<Url> {
        let key = participant.strip_prefix("/members/")?;
        let well_formed =
            !key.is_empty() && key.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
        let mut link = self.app.clone();
        link.set_path(&format!(
            "{}/procedure/sign",
            self.app.path().trim_end_matches('/')
        ));
        link.set_query(Some(&format!("members={participant}")));
        well_formed.then_some(link)
    }
}

#[cfg(test)]
#[path = "provider_tests.rs"]
mod tests;
