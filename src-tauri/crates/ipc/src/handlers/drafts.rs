//! Drafts: listed, edited, filled with files.

use crate::app::App;
use crate::error::IpcError;
use crate::present;
use crate::requests::{
    DropPictures, EditDraft, ImportDropped, Nothing, OfDraft, SetFieldDefault, SuggestPeople,
    UnlockDocument,
};
use crate::views::{
    ChosenFiles, DraftRow, DraftView, Imported, LockedFile, PersonSuggestion, Unlocked,
};
use paraph_engine::{Destination, DraftLook, Error, Import, PictureAddress, Unlocking};
use paraph_messages::{Key, text};
use secrecy::SecretString;
use std::path::PathBuf;

pub async fn list_drafts(app: &App, _: Nothing) -> Result<Vec<DraftRow>, IpcError> {
    let rows = app.engine.drafts().await.map_err(present::error)?;
    Ok(rows
        .into_iter()
        .map(|row| DraftRow {
            id: row.id,
            title: row.title,
            documents: row.documents,
            people: row.people,
            updated_at: present::time(row.updated_at),
            state: present::draft_state(row.state),
        })
        .collect())
}

async fn view(app: &App, look: Result<DraftLook, Error>) -> Result<DraftView, IpcError> {
    let look = look.map_err(present::error)?;
    Ok(present::draft(&app.engine, look).await)
}

pub async fn create_draft(app: &App, _: Nothing) -> Result<DraftView, IpcError> {
    view(app, app.engine.create_draft().await).await
}

pub async fn get_draft(app: &App, request: OfDraft) -> Result<DraftView, IpcError> {
    view(app, app.engine.draft(&request.draft).await).await
}

pub async fn edit_draft(app: &App, request: EditDraft) -> Result<DraftView, IpcError> {
    let edited = app
        .engine
        .edit_draft(&request.draft, request.edit, &request.label)
        .await;
    view(app, edited).await
}

pub async fn undo_edit(app: &App, request: OfDraft) -> Result<DraftView, IpcError> {
    view(app, app.engine.undo_edit(&request.draft).await).await
}

pub async fn redo_edit(app: &App, request: OfDraft) -> Result<DraftView, IpcError> {
    view(app, app.engine.redo_edit(&request.draft).await).await
}

pub async fn set_field_default(app: &App, request: SetFieldDefault) -> Result<DraftView, IpcError> {
    let SetFieldDefault { draft, default } = request;
    view(app, app.engine.set_field_default(&draft, default).await).await
}

pub async fn duplicate_draft(app: &App, request: OfDraft) -> Result<DraftView, IpcError> {
    view(app, app.engine.duplicate_draft(&request.draft).await).await
}

pub async fn delete_draft(app: &App, request: OfDraft) -> Result<(), IpcError> {
    app.engine
        .delete_draft(&request.draft)
        .await
        .map_err(present::error)
}

pub async fn restore_draft(app: &App, request: OfDraft) -> Result<DraftView, IpcError> {
    view(app, app.engine.restore_draft(&request.draft).await).await
}

/// `None` when the dialog was closed. Copying them is asked for apart: how long somebody looks for
/// a file is not how long that takes.
pub async fn choose_documents(app: &App, _: Nothing) -> Result<Option<ChosenFiles>, IpcError> {
    let files = choose_pdfs(app).await.map_err(present::error)?;
    Ok((!files.is_empty()).then(|| ChosenFiles {
        count: u32::try_from(files.len()).unwrap_or(u32::MAX),
        drop: app.keep_drop(files),
    }))
}

/// The system's dialog; empty when it was cancelled.
pub async fn choose_pdfs(app: &App) -> Result<Vec<PathBuf>, paraph_engine::Error> {
    let language = app.engine.settings().await?.language;
    let title = text(language, Key::DialogChooseDocuments, &[]);
    Ok(app.desktop.pick_files(&title).await)
}

pub async fn import_dropped(app: &App, request: ImportDropped) -> Result<Imported, IpcError> {
    let files = app.take_drop(&request.drop).ok_or(IpcError::NotFound)?;
    let into = Destination {
        draft: request.draft,
        replaces: request.replaces,
    };
    import(app, into, &files).await
}

async fn import(app: &App, into: Destination, files: &[PathBuf]) -> Result<Imported, IpcError> {
    let imported = if files.is_empty() {
        None
    } else {
        let cancelled = app.imports_cancelled();
        let imported = app.engine.import_unless(cancelled, into, files).await;
        imported.map_err(present::error)?
    };
    match imported {
        Some(imported) => imported_view(app, imported).await,
        None => Ok(Imported {
            draft: None,
            refused: Vec::new(),
            locked: Vec::new(),
            kept: Vec::new(),
        }),
    }
}

/// For files that take long to copy. Nothing of them is added.
pub async fn cancel_import(app: &App, _: Nothing) -> Result<(), IpcError> {
    app.cancel_imports();
    Ok(())
}

pub async fn unlock_document(app: &App, request: UnlockDocument) -> Result<Unlocked, IpcError> {
    let UnlockDocument {
        file: name,
        draft,
        replaces,
        password,
    } = request;
    let into = Destination { draft, replaces };
    let password = SecretString::from(password);
    let file = app.locked(&name).ok_or(IpcError::NotFound)?;
    let unlocking = app.engine.unlock(into, &file, password).await;
    match unlocking.map_err(present::error)? {
        Unlocking::WrongPassword => Ok(Unlocked::WrongPassword),
        Unlocking::NotTheOwners(file) => {
            let lock = present::lock(&file.lock);
            app.relock(&name, Some(file));
            Ok(Unlocked::NotTheOwners { lock })
        }
        Unlocking::Done(imported) => {
            app.relock(&name, None);
            let imported = Box::new(imported_view(app, imported).await?);
            Ok(Unlocked::Imported { imported })
        }
    }
}

async fn imported_view(app: &App, imported: Import) -> Result<Imported, IpcError> {
    let draft = match imported.draft {
        Some(id) => Some(view(app, app.engine.draft(&id).await).await?),
        None => None,
    };
    Ok(Imported {
        draft,
        kept: imported.kept,
        refused: imported.refused.into_iter().map(present::refused).collect(),
        locked: imported
            .locked
            .into_iter()
            .map(|file| LockedFile {
                name: file.name.clone(),
                lock: present::lock(&file.lock),
                id: app.keep_locked(file),
            })
            .collect(),
    })
}

pub async fn suggest_people(
    app: &App,
    request: SuggestPeople,
) -> Result<Vec<PersonSuggestion>, IpcError> {
    let people = app
        .engine
        .suggest_people(&request.typed)
        .await
        .map_err(present::error)?;
    Ok(people
        .into_iter()
        .map(|person| PersonSuggestion {
            first_name: person.first_name,
            last_name: person.last_name,
            email: person.email,
            phone: person.phone,
        })
        .collect())
}

/// Pictures that the window asked for and no longer wants. What is no address is passed over: the
/// window cannot have asked for it.
pub async fn drop_pictures(app: &App, request: DropPictures) -> Result<(), IpcError> {
    let addresses: Vec<PictureAddress> = request
        .addresses
        .iter()
        .filter_map(|address| PictureAddress::parse(address))
        .collect();
    app.engine.drop_pictures(&addresses);
    Ok(())
}
