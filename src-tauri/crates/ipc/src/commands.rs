//! The one list of commands. The shell expands it into Tauri commands; a body that is missing
//! does not compile.

/// Calls `$callback!` with every command as `name(Request) -> Response,`.
#[macro_export]
macro_rules! for_each_command {
    ($callback:ident) => {
        $callback! {
            get_app_state(Nothing) -> AppState,
            quit(Nothing) -> (),
            update_settings(SettingsPatch) -> SettingsView,
            choose_archive_folder(Nothing) -> Option<String>,
            show_archive_folder(Nothing) -> (),

            add_practice_account(Nothing) -> AccountView,
            add_yousign_v2_account(AddYousignV2Account) -> AccountView,
            check_keychain(Nothing) -> Option<KeychainTrouble>,
            replace_key(ReplaceKey) -> AccountView,
            remove_account(OfAccount) -> (),
            set_follow_all(SetFollowAll) -> AccountView,
            request_key(KeyRequest) -> (),

            list_drafts(Nothing) -> Vec<DraftRow>,
            create_draft(Nothing) -> DraftView,
            get_draft(OfDraft) -> DraftView,
            edit_draft(EditDraft) -> DraftView,
            undo_edit(OfDraft) -> DraftView,
            redo_edit(OfDraft) -> DraftView,
            set_field_default(SetFieldDefault) -> DraftView,
            duplicate_draft(OfDraft) -> DraftView,
            delete_draft(OfDraft) -> (),
            restore_draft(OfDraft) -> DraftView,
            choose_documents(Nothing) -> Option<ChosenFiles>,
            import_dropped(ImportDropped) -> Imported,
            cancel_import(Nothing) -> (),
            unlock_document(UnlockDocument) -> Unlocked,
            suggest_people(SuggestPeople) -> Vec<PersonSuggestion>,
            drop_pictures(DropPictures) -> (),
            get_page_text(OfPage) -> PageText,
            get_page_lines(OfPage) -> PageLines,
            search_draft(SearchDraft) -> SearchHits,
            suggest_fields(SuggestFields) -> SuggestedFields,
            check_words(OfDraft) -> Vec<ProblemView>,

            review_draft(OfDraft) -> ReviewView,
            send_draft(SendDraft) -> SendingView,
            rehearse_draft(OfDraft) -> SendingView,
            undo_send(OfSending) -> DraftView,
            list_sendings(Nothing) -> Vec<SendingView>,
            get_sending(OfSending) -> SendingView,
            resume_sending(OfSending) -> SendingView,
            stop_trying(OfSending) -> SendingView,
            abandon_sending(OfSending) -> DraftView,

            list_procedures(ListProcedures) -> ProcedureList,
            get_procedure(OfProcedure) -> ProcedureView,
            refresh(Nothing) -> (),
            preview_reminders(OfProcedures) -> Vec<ReminderPreview>,
            remind(OfProcedures) -> Vec<ReminderOutcome>,
            stop_procedure(OfProcedure) -> ProcedureView,
            correct_procedure(OfProcedure) -> Corrected,
            copy_signing_link(OfParticipant) -> (),
            sign_as(OfParticipant) -> (),
            open_mailbox(OfProcedure) -> (),
            open_file(OfFile) -> (),
            show_file(OfFile) -> (),
        }
    };
}
