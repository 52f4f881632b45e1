//! What is written on a draft's pages.

use crate::app::App;
use crate::error::IpcError;
use crate::present;
use crate::requests::{OfDraft, OfPage, SearchDraft, SuggestFields};
use crate::views::{
    PageLines, PageRun, PageShape, PageShapeKind, PageText, ProblemView, SearchHits, SearchedPage,
    SuggestedFields, SuggestedOnPage,
};
use paraph_pdf::{Shape, ShapeKind, TextRun};

pub async fn get_page_text(app: &App, request: OfPage) -> Result<PageText, IpcError> {
    let runs = app.engine.page_text(&request.draft, &request.page).await;
    let runs = runs.map_err(present::error)?;
    Ok(PageText {
        runs: runs.iter().map(run).collect(),
    })
}

pub async fn get_page_lines(app: &App, request: OfPage) -> Result<PageLines, IpcError> {
    let found = app.engine.page_shapes(&request.draft, &request.page).await;
    let found = found.map_err(present::error)?;
    Ok(PageLines {
        shapes: found.shapes.iter().map(shape).collect(),
        complete: found.complete,
    })
}

pub async fn search_draft(app: &App, request: SearchDraft) -> Result<SearchHits, IpcError> {
    let SearchDraft { draft, text, from } = request;
    let found = tokio::select! {
        found = app.engine.find_text(&draft, &text, from.as_ref()) => {
            found.map_err(present::error)?
        }
        // The window no longer waits for this one, and its pages are not read for nobody.
        () = app.next_search() => return Ok(SearchHits { pages: Vec::new(), next: None }),
    };
    let pages = found.pages.into_iter().map(|page| SearchedPage {
        page: page.page,
        hits: page.hits,
        has_text: page.has_text,
    });
    Ok(SearchHits {
        pages: pages.collect(),
        next: found.next,
    })
}

pub async fn suggest_fields(
    app: &App,
    request: SuggestFields,
) -> Result<SuggestedFields, IpcError> {
    let SuggestFields { draft, from } = request;
    let found = tokio::select! {
        found = app.engine.suggest_fields(&draft, from.as_ref()) => {
            found.map_err(present::error)?
        }
        () = app.next_suggesting() => return Ok(SuggestedFields { pages: Vec::new(), next: None }),
    };
    let pages = found.pages.into_iter().map(|page| SuggestedOnPage {
        page: page.page,
        suggestions: page.suggestions,
    });
    Ok(SuggestedFields {
        pages: pages.collect(),
        next: found.next,
    })
}

/// What the words on the pages say of a draft, apart from [`super::get_draft`]: that one answers at
/// once.
pub async fn check_words(app: &App, request: OfDraft) -> Result<Vec<ProblemView>, IpcError> {
    let found = tokio::select! {
        found = app.engine.check_words(&request.draft) => found.map_err(present::error)?,
        () = app.next_checking() => Vec::new(),
    };
    Ok(found
        .into_iter()
        .map(|found| present::problem(found, None))
        .collect())
}

fn run(run: &TextRun) -> PageRun {
    // A hundredth of a point is less than anybody sees, and a third of the digits.
    let short = |value: f32| (value * 100.0).round() / 100.0;
    PageRun {
        text: run.text.clone(),
        x: run.corner.0,
        y: run.corner.1,
        angle: run.angle,
        size: run.font_size,
        baseline: run.baseline,
        spans: run.spans.iter().map(|span| span.map(short)).collect(),
    }
}

fn shape(shape: &Shape) -> PageShape {
    PageShape {
        kind: match shape.kind {
            ShapeKind::HorizontalRule => PageShapeKind::HorizontalRule,
            ShapeKind::VerticalRule => PageShapeKind::VerticalRule,
            ShapeKind::Box => PageShapeKind::Box,
            ShapeKind::Checkbox => PageShapeKind::Checkbox,
            ShapeKind::Leader => PageShapeKind::Leader,
        },
        rect: shape.rect,
        thickness: shape.thickness,
    }
}
