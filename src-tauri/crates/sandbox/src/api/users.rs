//! Who the account is. One organisation with one workspace and one user: our choice.

use crate::answer::{ApiError, ApiResult, json};
use crate::api::path_id;
use crate::app::{
    App, OWNER_EMAIL, OWNER_FIRST_NAME, OWNER_LAST_NAME, OWNER_PHONE, WORKSPACE_NAME,
};
use crate::wire::moment;
use axum::Router;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::get;
use serde::Serialize;
use std::sync::Arc;

pub(super) fn routes() -> Router<Arc<App>> {
    Router::new()
        .route("/users", get(users))
        .route("/users/{id}", get(user))
        .route("/workspaces", get(workspaces))
        .route("/organizations", get(organizations))
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct UserBody {
    id: String,
    firstname: &'static str,
    lastname: &'static str,
    email: &'static str,
    title: Option<&'static str>,
    phone: &'static str,
    status: &'static str,
    organization: String,
    workspaces: [WorkspaceReference; 1],
    permission: &'static str,
    group: Group,
    created_at: String,
    updated_at: String,
    deleted: Option<bool>,
    deleted_at: Option<String>,
    config: [(); 0],
    inwebo_user_request: Option<()>,
    saml_name_id: Option<()>,
    default_sign_image: Option<()>,
    notifications: Notifications,
    fast_sign: Option<bool>,
    full_name: String,
}

#[derive(Serialize)]
struct WorkspaceReference {
    id: String,
    name: &'static str,
}

#[derive(Serialize)]
struct Group {
    id: String,
    name: &'static str,
    permissions: [&'static str; 3],
}

#[derive(Serialize)]
struct Notifications {
    procedure: bool,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct WorkspaceBody {
    id: String,
    name: &'static str,
    slug: &'static str,
    created_at: String,
    updated_at: String,
    config: [(); 0],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct OrganizationBody {
    id: String,
    name: &'static str,
    created_at: String,
    updated_at: String,
    max_users: u32,
    f_operation_custom_mode_email: bool,
    f_operation_level_none: bool,
    f_procedure_create: bool,
    f_procedure_reminder_auto: bool,
    f_procedure_template: bool,
}

fn owner(app: &App) -> UserBody {
    let first_start = moment(app.identity.first_start.0);
    UserBody {
        id: format!("/users/{}", app.identity.user),
        firstname: OWNER_FIRST_NAME,
        lastname: OWNER_LAST_NAME,
        email: OWNER_EMAIL,
        title: None,
        phone: OWNER_PHONE,
        status: "activated",
        organization: format!("/organizations/{}", app.identity.organization),
        workspaces: [WorkspaceReference {
            id: format!("/workspaces/{}", app.identity.workspace),
            name: WORKSPACE_NAME,
        }],
        permission: "ROLE_ADMIN",
        group: Group {
            id: format!("/user_groups/{}", app.identity.user_group),
            name: "Administrateur",
            permissions: ["procedure_write", "sign", "archive"],
        },
        created_at: first_start.clone(),
        updated_at: first_start,
        // Live replies have null here too.
        deleted: None,
        deleted_at: None,
        config: [],
        inwebo_user_request: None,
        saml_name_id: None,
        default_sign_image: None,
        notifications: Notifications { procedure: true },
        fast_sign: None,
        full_name: format!("{OWNER_FIRST_NAME} {OWNER_LAST_NAME}"),
    }
}

async fn users(State(app): State<Arc<App>>) -> Response {
    json(StatusCode::OK, &[owner(&app)])
}

async fn user(State(app): State<Arc<App>>, Path(id): Path<String>) -> ApiResult {
    if path_id("users", &id)? != app.identity.user {
        return Err(ApiError::NotFound);
    }
    Ok(json(StatusCode::OK, &owner(&app)))
}

async fn workspaces(State(app): State<Arc<App>>) -> Response {
    let first_start = moment(app.identity.first_start.0);
    let body = WorkspaceBody {
        id: format!("/workspaces/{}", app.identity.workspace),
        name: WORKSPACE_NAME,
        slug: "practice",
        created_at: first_start.clone(),
        updated_at: first_start,
        config: [],
    };
    json(StatusCode::OK, &[body])
}

async fn organizations(State(app): State<Arc<App>>) -> Response {
    let first_start = moment(app.identity.first_start.0);
    let body = OrganizationBody {
        id: format!("/organizations/{}", app.identity.organization),
        name: WORKSPACE_NAME,
        created_at: first_start.clone(),
        updated_at: first_start,
        // The vendor's staging allows ten (documented).
        max_users: 10,
        f_operation_custom_mode_email: true,
        f_operation_level_none: true,
        f_procedure_create: true,
        f_procedure_reminder_auto: true,
        f_procedure_template: true,
    };
    json(StatusCode::OK, &[body])
}
