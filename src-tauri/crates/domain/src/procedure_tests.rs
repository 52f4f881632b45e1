use super::*;

fn participant(id: &str, status: ParticipantStatus, position: u32) -> Participant {
    Participant {
        remote_id: id.to_owned(),
        recipient: None,
        name: id.to_uppercase(),
        email: format!("{id}@example.org"),
        role: Role::Signer,
        identity_check: None,
        status,
        position,
        finished_at: None,
        comment: None,
    }
}

fn procedure(status: Status, people: Vec<Participant>) -> Procedure {
    Procedure {
        id: ProcedureId::new("p"),
        account: AccountId::new("a"),
        environment: Environment::Practice,
        remote_id: "/procedures/1".to_owned(),
        sending: None,
        draft: None,
        name: "Lease".to_owned(),
        status,
        ordered: true,
        created_at: Timestamp::UNIX_EPOCH,
        updated_at: Timestamp::UNIX_EPOCH,
        finished_at: None,
        expires_at: None,
        participants: people,
        documents: Vec::new(),
        folder: None,
    }
}

#[test]
fn each_change_is_told_once() {
    let waiting = procedure(
        Status::InProgress,
        vec![
            participant("ada", ParticipantStatus::Waiting, 0),
            participant("bo", ParticipantStatus::Waiting, 1),
        ],
    );
    let one_signed = procedure(
        Status::InProgress,
        vec![
            participant("ada", ParticipantStatus::Done, 0),
            participant("bo", ParticipantStatus::Waiting, 1),
        ],
    );
    let complete = procedure(
        Status::Completed,
        vec![
            participant("ada", ParticipantStatus::Done, 0),
            participant("bo", ParticipantStatus::Done, 1),
        ],
    );
    let keys = |before: Option<&Procedure>, after| {
        events_between(before, after)
            .iter()
            .map(Event::key)
            .collect::<Vec<_>>()
    };
    assert_eq!(
        keys(None, &waiting),
        Vec::<String>::new(),
        "waiting is no event"
    );
    assert_eq!(keys(Some(&waiting), &one_signed), ["signed:ada"]);
    assert_eq!(
        keys(Some(&one_signed), &one_signed),
        Vec::<String>::new(),
        "the same look again tells nothing"
    );
    assert_eq!(
        keys(Some(&one_signed), &complete),
        ["signed:bo", "completed"]
    );
    assert_eq!(
        keys(Some(&waiting), &complete),
        ["signed:ada", "signed:bo", "completed"],
        "nothing is skipped"
    );
}

#[test]
fn in_an_ordered_request_it_is_one_person_s_turn() {
    let request = procedure(
        Status::InProgress,
        vec![
            participant("bo", ParticipantStatus::Waiting, 1),
            participant("ada", ParticipantStatus::Waiting, 0),
        ],
    );
    let turn: Vec<_> = request
        .whose_turn()
        .iter()
        .map(|p| p.remote_id.clone())
        .collect();
    assert_eq!(turn, ["ada"]);
}

#[test]
fn nobody_s_turn_comes_after_the_end() {
    let request = procedure(
        Status::Declined,
        vec![participant("ada", ParticipantStatus::Waiting, 0)],
    );
    assert!(request.whose_turn().is_empty());
    assert_eq!(request.waiting_since(), None);
}
