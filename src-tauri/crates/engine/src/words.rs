//! The words of every mail, decided when a draft is frozen.

use paraph_domain::draft::{Draft, Role};
use paraph_domain::sending::{Mail, Mails};
use paraph_messages::{Key, date, text};

/// The mails of a request: the draft's own words where it has some, else the standard ones.
/// `sender` is who the invitation comes from.
pub fn mails(draft: &Draft, sender: &str) -> Mails {
    let invitation = &draft.invitation;
    let language = invitation.language;
    let sender = match sender.trim() {
        "" => text(language, Key::MailDefaultSender, &[]),
        name => name.to_owned(),
    };
    let values = [("sender", sender.as_str()), ("title", draft.title.trim())];
    let standard = |subject, message| Mail {
        subject: text(language, subject, &values),
        message: text(language, message, &values),
    };

    let mut first = standard(Key::MailInvitationSubject, Key::MailInvitationMessage);
    if !invitation.subject.trim().is_empty() {
        invitation.subject.trim().clone_into(&mut first.subject);
    }
    if !invitation.message.trim().is_empty() {
        invitation.message.trim().clone_into(&mut first.message);
    }
    let mut reminder = standard(Key::MailReminderSubject, Key::MailReminderMessage);
    if let Some(deadline) = invitation.deadline {
        let day = date(language, deadline);
        let sentence = text(language, Key::MailDeadline, &[("date", &day)]);
        for mail in [&mut first, &mut reminder] {
            mail.message = format!("{}\n\n{sentence}", mail.message);
        }
    }
    Mails {
        language,
        from_name: sender.clone(),
        invitation: first,
        reminder,
        completed: standard(Key::MailCompletedSubject, Key::MailCompletedMessage),
        declined: standard(Key::MailDeclinedSubject, Key::MailDeclinedMessage),
        information: standard(Key::MailInformationSubject, Key::MailInformationMessage),
        sign_button: text(language, Key::MailSignButton, &[]),
        open_button: text(language, Key::MailOpenButton, &[]),
    }
}

/// When a mail goes out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Occasion {
    Invitation,
    Information,
    Reminder,
    Completed,
    Declined,
}

/// Who gets which mail, by display name, leaving out mails that nobody gets.
pub fn recipients_of_mails(draft: &Draft) -> Vec<(Occasion, Vec<String>)> {
    let names = |wanted: &dyn Fn(Role) -> bool| -> Vec<String> {
        draft
            .recipients
            .iter()
            .filter(|recipient| wanted(recipient.role))
            .map(|recipient| recipient.display_name())
            .collect()
    };
    let acting = names(&|role| role != Role::Observer);
    let mut mails = vec![
        (Occasion::Invitation, acting.clone()),
        (Occasion::Information, names(&|role| role == Role::Observer)),
    ];
    if draft.invitation.reminders.is_some() {
        mails.push((Occasion::Reminder, acting));
    }
    let everybody = names(&|_| true);
    mails.push((Occasion::Completed, everybody.clone()));
    mails.push((Occasion::Declined, everybody));
    mails.retain(|(_, to)| !to.is_empty());
    mails
}
