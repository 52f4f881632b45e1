//! The form beside the pages: fields, signature, identity, consent, accept or refuse.

use crate::page::form::{Form, Mistake, NAME_LIMIT};
use crate::page::frame::{code, frame};
use crate::page::{Words, documents, sheets};
use crate::signing::act::{COMMENT_LIMIT, TEXT_LIMIT};
use crate::state::bundle::Bundle;
use crate::state::codes::{Channel, Code};
use crate::state::file_objects::{FileObject, ObjectKind};
use crate::state::members::{Kind, Member};
use crate::wire::vendor_zone;
use maud::{Markup, html};
use paraph_messages::{Key, date};
use serde_json::Value;

/// Everything the page is made from.
pub(super) struct View<'a> {
    pub words: Words,
    pub bundle: &'a Bundle,
    pub member: &'a Member,
    /// How the member shows who they are.
    pub channel: Option<Channel>,
    /// The code that can be used now.
    pub code: Option<&'a Code>,
    pub form: &'a Form,
    pub token: &'a str,
    pub mistakes: &'a [Mistake],
    pub here: &'a str,
}

impl View<'_> {
    pub(super) fn page(&self) -> Markup {
        let words = self.words;
        let name = [("name", self.bundle.procedure.name.as_str())];
        let (title, intro) = match self.member.kind {
            Kind::Signer => (Key::SignPageTitle, Key::SignIntroSigner),
            Kind::Validator => (Key::SignApproveTitle, Key::SignIntroValidator),
        };
        let main = html! {
            div.columns {
                div.pages {
                    (sheets::sheets(words, self.bundle, self.member))
                }
                main.panel #main tabindex="-1" {
                    div.greeting {
                        h1 { (words.tell(Key::SignGreeting, &[("person", &self.member.full_name())])) }
                        p { (words.tell(intro, &name)) }
                        @if let Some(deadline) = self.deadline() {
                            p.quiet { (words.tell(Key::SignDeadline, &[("date", &deadline)])) }
                        }
                    }
                    (self.mistake_list())
                    (self.accept_form())
                    (self.refuse_form())
                }
            }
            (self.jump_bar())
        };
        frame(words, &words.tell(title, &name), Some(self.here), main)
    }

    /// The last day, which is the one before the midnight at which the request expires.
    fn deadline(&self) -> Option<String> {
        let at = self.bundle.procedure.expires_at?.0.to_zoned(vendor_zone());
        let day = at.date().yesterday().ok()?;
        Some(date(self.words.0, day))
    }

    fn mistake_list(&self) -> Markup {
        html! {
            @if !self.mistakes.is_empty() {
                div.mistakes #mistakes role="alert" tabindex="-1" {
                    h2 { (self.words.say(Key::SignErrorHeading)) }
                    ul {
                        @for mistake in self.mistakes {
                            li { a href={ "#" (mistake.at) } { (self.words.say(mistake.key)) } }
                        }
                    }
                }
            }
        }
    }

    fn accept_form(&self) -> Markup {
        let words = self.words;
        let (accept, consent) = match self.member.kind {
            Kind::Signer => (Key::SignAccept, Key::SignConsent),
            Kind::Validator => (Key::SignApprove, Key::SignConsentValidator),
        };
        html! {
            form #accept method="post" action="/practice/sign/accept" novalidate {
                (self.hidden())
                // Enter in a field takes a form's first button, which must not be the code's.
                button.hidden type="submit" tabindex="-1" aria-hidden="true" {}
                ol.steps {
                    (step(words, "read", Key::SignStepRead, documents::list(
                        words, self.bundle, &documents::by_member(self.member))))
                    @if self.own().any(|object| object.kind == ObjectKind::Text) {
                        (step(words, "fields", Key::SignStepFields, self.text_fields()))
                    }
                    @if self.member.kind == Kind::Signer {
                        (step(words, "signature", Key::SignStepSignature, self.signature()))
                        (step(words, "identity", Key::SignStepIdentity, self.identity()))
                    }
                    (step(words, "confirm", Key::SignStepConfirm, html! {
                        label.check for="consent" {
                            input #consent type="checkbox" name="consent" value="yes"
                                checked[self.form.consents] aria-invalid=[self.wrong("consent")];
                            span { (words.say(consent)) }
                        }
                        (self.mistake("consent"))
                        button.primary.wide type="submit" data-working=(words.say(Key::SignWorking)) {
                            (words.say(accept))
                        }
                    }))
                }
            }
        }
    }

    fn hidden(&self) -> Markup {
        html! {
            input type="hidden" name="member" value=(self.member.id);
            input type="hidden" name="token" value=(self.token);
            input type="hidden" name="lang" value=(code(self.words.0));
        }
    }

    fn own(&self) -> impl Iterator<Item = &FileObject> {
        self.bundle.objects_of(&self.member.id)
    }

    fn text_fields(&self) -> Markup {
        let words = self.words;
        html! {
            @for object in self.own().filter(|object| object.kind == ObjectKind::Text) {
                @let id = format!("text-{}", object.id);
                @let value = self.form.texts.get(&object.id).or(object.content.as_ref());
                div.field {
                    div.field-head {
                        label for=(id) {
                            (self.place_name(object))
                            span.quiet {
                                " – " (words.say(if object.content_required {
                                    Key::SignFieldRequired
                                } else {
                                    Key::SignFieldOptional
                                }))
                            }
                        }
                        (show_link(words, object))
                    }
                    input id=(id) name=(id) type="text" maxlength=(TEXT_LIMIT) autocomplete="off"
                        value=[value] aria-invalid=[self.wrong(&id)] required[object.content_required];
                    (self.mistake(&id))
                }
            }
        }
    }

    /// Where a place is, in words.
    fn place_name(&self, object: &FileObject) -> String {
        let document = self
            .bundle
            .file(&object.file_id)
            .map_or("", |file| file.name.as_str());
        let page = object.page.to_string();
        self.words.tell(
            Key::SignFieldPlace,
            &[("document", document), ("page", &page)],
        )
    }

    fn signature(&self) -> Markup {
        let words = self.words;
        let places: Vec<&FileObject> = self
            .own()
            .filter(|object| object.kind == ObjectKind::Signature)
            .collect();
        let visible = places.iter().any(|object| object.page > 0);
        html! {
            @if visible {
                ul.place-list {
                    @for object in places.iter().filter(|object| object.page > 0) {
                        li { span { (self.place_name(object)) } (show_link(words, object)) }
                    }
                }
            } @else {
                p.quiet { (words.say(Key::SignInvisible)) }
            }
            fieldset.choice {
                legend.hidden { (words.say(Key::SignStepSignature)) }
                label { input type="radio" name="how" value="type" checked[!self.form.draws]; span { (words.say(Key::SignType)) } }
                label.needs-script { input type="radio" name="how" value="draw" checked[self.form.draws]; span { (words.say(Key::SignDraw)) } }
            }
            div.how-type {
                label for="typed" { (words.say(Key::SignTypeLabel)) }
                input #typed name="typed" type="text" maxlength=(NAME_LIMIT) autocomplete="name"
                    value=(self.form.typed) aria-invalid=[self.wrong("typed")];
                div.written aria-hidden="true" data-mirror="typed" { (self.form.typed) }
                (self.mistake("typed"))
            }
            div.how-draw {
                div.canvas-box {
                    canvas #drawing tabindex="0" role="img" aria-label=(words.say(Key::SignDrawLabel)) {}
                    span.baseline aria-hidden="true" {}
                }
                input #strokes type="hidden" name="strokes" value=(self.form.strokes);
                div.row {
                    button.plain #undo-stroke type="button" { (words.say(Key::SignDrawUndo)) }
                    button.plain #clear-strokes type="button" { (words.say(Key::SignDrawClear)) }
                }
                p.quiet { (words.say(Key::SignDrawKeyboard)) }
                (self.mistake("drawing"))
            }
        }
    }

    fn identity(&self) -> Markup {
        let words = self.words;
        let Some(channel) = self.channel else {
            return html! { p.quiet { (words.say(Key::SignIdentityNone)) } };
        };
        let (why, send) = match channel {
            Channel::Email => (
                words.tell(Key::SignIdentityEmail, &[("address", &self.member.email)]),
                Key::SignCodeSendEmail,
            ),
            Channel::Sms => (
                words.tell(Key::SignIdentitySms, &[("number", &self.member.phone)]),
                Key::SignCodeSendSms,
            ),
        };
        let send = if self.code.is_some() {
            Key::SignCodeSendAgain
        } else {
            send
        };
        html! {
            p { (why) }
            @if let Some(code) = self.code {
                aside.practice-note aria-live="polite" {
                    span.practice-tag { (words.say(Key::SignCodePractice)) }
                    p { (self.code_message(code)) }
                }
            }
            button.secondary #send-code type="submit" formaction="/practice/sign/code" { (words.say(send)) }
            label for="code" { (words.say(Key::SignCodeLabel)) }
            input #code.code name="code" type="text" inputmode="numeric" autocomplete="one-time-code"
                maxlength="12" value=(self.form.code) aria-invalid=[self.wrong("code")];
            (self.mistake("code"))
        }
    }

    /// The words in which the code would have come: those that the sender asked for, or ours.
    fn code_message(&self, code: &Code) -> String {
        let asked = match code.channel {
            Channel::Sms => &self.member.sms_config.0,
            Channel::Email => &self.member.email_config.0,
        };
        asked
            .get("content")
            .and_then(Value::as_str)
            .filter(|content| content.contains("{{code}}"))
            .map_or_else(
                || {
                    self.words
                        .tell(Key::SignCodeMessage, &[("code", &code.code)])
                },
                |content| content.replace("{{code}}", &code.code),
            )
    }

    fn refuse_form(&self) -> Markup {
        let words = self.words;
        let confirm = match self.member.kind {
            Kind::Signer => Key::SignRefuseConfirm,
            Kind::Validator => Key::SignRefuseConfirmValidator,
        };
        html! {
            details.refuse open[self.wrong("comment").is_some()] {
                summary { (words.say(Key::SignRefuse)) }
                form method="post" action="/practice/sign/refuse" novalidate {
                    (self.hidden())
                    p.quiet { (words.say(Key::SignRefuseExplained)) }
                    label for="comment" { (words.say(Key::SignRefuseReason)) }
                    textarea #comment name="comment" rows="3" maxlength=(COMMENT_LIMIT)
                        aria-invalid=[self.wrong("comment")] { (self.form.comment) }
                    (self.mistake("comment"))
                    button.danger type="submit" { (words.say(confirm)) }
                }
            }
        }
    }

    /// Shown by the script: from one own field to the next.
    fn jump_bar(&self) -> Markup {
        let words = self.words;
        let total = self.own().filter(|object| object.page > 0).count();
        // The script puts the numbers in.
        let count = words.tell(
            Key::SignFieldCount,
            &[("number", "{number}"), ("total", "{total}")],
        );
        let go = match self.member.kind {
            Kind::Signer => Key::SignGoToForm,
            Kind::Validator => Key::SignApprove,
        };
        html! {
            @if total > 0 {
                nav.jump #jump hidden data-count=(count) {
                    button.plain #previous-field type="button" { (words.say(Key::SignPreviousField)) }
                    span #field-count aria-live="polite" {}
                    button.plain #next-field type="button" { (words.say(Key::SignNextField)) }
                    a.button href="#main" { (words.say(go)) }
                }
            }
        }
    }

    fn wrong(&self, at: &str) -> Option<&'static str> {
        self.mistakes
            .iter()
            .any(|mistake| mistake.at == at)
            .then_some("true")
    }

    fn mistake(&self, at: &str) -> Markup {
        html! {
            @for mistake in self.mistakes.iter().filter(|mistake| mistake.at == at) {
                p.mistake { (self.words.say(mistake.key)) }
            }
        }
    }
}

fn step(words: Words, id: &str, heading: Key, content: Markup) -> Markup {
    html! {
        li.step {
            section id=(id) aria-labelledby={ (id) "-heading" } tabindex="-1" {
                h2 id={ (id) "-heading" } { (words.say(heading)) }
                (content)
            }
        }
    }
}

fn show_link(words: Words, object: &FileObject) -> Markup {
    html! {
        @if object.page > 0 {
            a.show href={ "#at-" (object.id) } { (words.say(Key::SignFieldShow)) }
        }
    }
}
