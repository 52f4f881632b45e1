//! Listens on the loopback interface and guards the door: only requests that name this server as
//! host, and come from no other site's page, get in.

use crate::app::App;
use crate::control::{self, Dropped};
use crate::{api, page, progress};
use axum::Router;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::header::{
    CACHE_CONTROL, HOST, HeaderValue, ORIGIN, REFERRER_POLICY, X_CONTENT_TYPE_OPTIONS,
};
use axum::http::{HeaderMap, StatusCode};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Response};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use std::sync::Arc;
use std::time::{Duration, Instant};
use tokio::net::{TcpListener, TcpStream};
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;
use tower::ServiceExt;

/// How long a connection may be idle: longer than clients keep one in their pools, so that it is
/// never this side that closes a connection on which a request is about to come.
const IDLE: Duration = Duration::from_secs(120);
/// How long requests may go on when the server is told to stop.
const GRACE: Duration = Duration::from_secs(2);

/// Serves until `stop` is cancelled and what runs has ended.
pub(crate) async fn serve(listener: TcpListener, app: Arc<App>, stop: CancellationToken) {
    let router = router(&app);
    let connections = TaskTracker::new();
    loop {
        let stream = tokio::select! {
            () = stop.cancelled() => break,
            accepted = listener.accept() => match accepted {
                Ok((stream, _)) => stream,
                Err(error) => {
                    // Out of descriptors, or a connection that was gone at once.
                    tracing::warn!(%error, "a connection could not be accepted");
                    tokio::time::sleep(Duration::from_millis(50)).await;
                    continue;
                }
            },
        };
        connections.spawn(serve_connection(
            stream,
            router.clone(),
            Arc::clone(&app),
            stop.clone(),
        ));
    }
    drop(listener);
    connections.close();
    connections.wait().await;
}

async fn serve_connection(
    stream: TcpStream,
    router: Router,
    app: Arc<App>,
    stop: CancellationToken,
) {
    let service = service_fn(move |request: hyper::Request<hyper::body::Incoming>| {
        answer(Arc::clone(&app), router.clone(), request.map(Body::new))
    });
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(IDLE)
        .serve_connection(TokioIo::new(stream), service);
    let mut connection = std::pin::pin!(connection);
    let ended = tokio::select! {
        ended = connection.as_mut() => ended,
        () = stop.cancelled() => {
            connection.as_mut().graceful_shutdown();
            match tokio::time::timeout(GRACE, connection).await {
                Ok(ended) => ended,
                Err(_) => return,
            }
        }
    };
    if let Err(error) = ended {
        tracing::debug!(%error, "a connection ended early");
    }
}

/// An error closes the connection without an answer; only faults that were asked for do that.
async fn answer(app: Arc<App>, router: Router, request: Request) -> Result<Response, Dropped> {
    if !is_for_us(request.headers(), app.port) {
        return Ok((
            StatusCode::FORBIDDEN,
            "This server talks to this machine only.\n",
        )
            .into_response());
    }
    let (method, path) = (request.method().clone(), request.uri().path().to_owned());
    let began = Instant::now();
    let answer = match &app.control {
        Some(control) => control::with_faults(control, &app, router, request).await,
        None => Ok(run(router, request).await),
    };
    // Neither bodies nor headers, and no query, which may hold what opens the mailbox.
    tracing::debug!(
        target: "paraph_sandbox::requests",
        %method,
        path,
        status = answer.as_ref().ok().map(|answer| answer.status().as_u16()),
        millis = began.elapsed().as_millis(),
        "answered"
    );
    answer
}

pub(crate) async fn run(router: Router, request: Request) -> Response {
    match router.oneshot(request).await {
        Ok(response) => response,
        Err(never) => match never {},
    }
}

/// A page elsewhere can make a browser send requests here, under a name of its own (DNS
/// rebinding) or with its own origin. Neither gets an answer.
fn is_for_us(headers: &HeaderMap, port: u16) -> bool {
    let ours = |text: &str| {
        text == format!("127.0.0.1:{port}")
            || text.eq_ignore_ascii_case(&format!("localhost:{port}"))
    };
    let text = |name| {
        headers
            .get_all(name)
            .iter()
            .map(|value| value.to_str().unwrap_or("?"))
    };
    let mut hosts = text(HOST);
    let host_is_ours = hosts.next().is_some_and(ours) && hosts.next().is_none();
    let origin_is_ours =
        text(ORIGIN).all(|origin| origin.strip_prefix("http://").is_some_and(ours));
    host_is_ours && origin_is_ours
}

fn router(app: &Arc<App>) -> Router {
    let mut router = Router::new().merge(api::routes(app)).merge(page::routes());
    if app.control.is_some() {
        router = router.merge(control::routes());
    }
    router
        .fallback(page::not_found)
        .layer(middleware::from_fn_with_state(
            Arc::clone(app),
            let_time_pass,
        ))
        .layer(middleware::map_response(common_headers))
        .with_state(Arc::clone(app))
}

/// Deadlines and reminders that are due happen before anything is answered.
async fn let_time_pass(State(app): State<Arc<App>>, request: Request, next: Next) -> Response {
    let within = Arc::clone(&app);
    if let Err(error) = app.db.run(move |db| progress::tick(&within, db)).await {
        return crate::answer::ApiError::from(error).into_response();
    }
    next.run(request).await
}

async fn common_headers(mut response: Response) -> Response {
    let headers = response.headers_mut();
    headers.insert(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.insert(REFERRER_POLICY, HeaderValue::from_static("same-origin"));
    headers
        .entry(CACHE_CONTROL)
        .or_insert(HeaderValue::from_static("no-store"));
    response
}
