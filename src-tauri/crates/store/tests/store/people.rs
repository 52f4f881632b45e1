use crate::support::{Home, at};
use paraph_store::Person;

fn person(first: &str, last: &str, email: &str, phone: &str, second: i64) -> Person {
    Person {
        first_name: first.to_owned(),
        last_name: last.to_owned(),
        email: email.to_owned(),
        phone: phone.to_owned(),
        last_used: at(second),
    }
}

async fn emails(home: &Home, typed: &str) -> Vec<String> {
    let found = home.store.people().search(typed, 10).await.unwrap();
    found.into_iter().map(|person| person.email).collect()
}

#[tokio::test]
async fn people_are_found_by_the_beginning_of_a_name_or_address() {
    let home = Home::new();
    home.store
        .people()
        .upsert(&[
            person("Élodie", "Martin", "elodie@exemple.fr", "", 1),
            person("Jean-Luc", "Élan", "jl@exemple.fr", "", 2),
            person("Bo", "", "bo@other.org", "", 3),
            person("Nobody", "", "  ", "", 4),
        ])
        .await
        .unwrap();
    let home = home.restarted();
    let cases: [(&str, &[&str]); 8] = [
        ("el", &["jl@exemple.fr", "elodie@exemple.fr"]),
        ("ELODIE m", &["elodie@exemple.fr"]),
        ("luc", &["jl@exemple.fr"]),
        ("bo@oth", &["bo@other.org"]),
        ("exemple", &["jl@exemple.fr", "elodie@exemple.fr"]),
        ("zz", &[]),
        ("", &["bo@other.org", "jl@exemple.fr", "elodie@exemple.fr"]),
        ("nobody", &[]),
    ];
    for (typed, expected) in cases {
        assert_eq!(
            emails(&home, typed).await,
            expected,
            "{typed:?}, last used first"
        );
    }
    assert_eq!(
        home.store.people().search("", 1).await.unwrap().len(),
        1,
        "no more than asked"
    );
}

#[tokio::test]
async fn an_address_is_one_person_written_as_last_used() {
    let home = Home::new();
    let people = home.store.people();
    people
        .upsert(&[person("Ada", "Byron", "Ada@Example.org", "0612345678", 1)])
        .await
        .unwrap();
    people
        .upsert(&[person("Ada", "Lovelace", "ada@example.org ", "", 2)])
        .await
        .unwrap();
    assert_eq!(
        people.search("ada", 10).await.unwrap(),
        [person(
            "Ada",
            "Lovelace",
            "ada@example.org",
            "0612345678",
            2
        )],
        "the known phone stays when none is typed"
    );
    assert!(
        emails(&home, "byron").await.is_empty(),
        "the old name is not found any more"
    );
    assert!(people.remove("ADA@example.org").await.unwrap());
    assert!(
        !people.remove("ADA@example.org").await.unwrap(),
        "it goes once"
    );
    assert!(emails(&home, "ada").await.is_empty());
}
