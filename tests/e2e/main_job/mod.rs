//! The main job, as a clerk does it: from the first start to the filed, signed contract.
//!
//! Everything is real: the window, the files dropped on it, the pointer, the practice server and
//! its signing page in a browser, the notifications, the signatures. The demonstration is the
//! same walk.

mod following;
mod preparing;
mod proof;
mod sending;
mod signing;

pub use following::signing_link;
pub use preparing::type_people;
pub use signing::sign;

use crate::stage::{Stage, Window, button, css, heading};

/// Somebody who signs.
#[derive(Debug)]
pub struct Person {
    pub first_name: &'static str,
    pub last_name: &'static str,
    pub email: &'static str,
    /// As the clerk types it.
    pub phone: &'static str,
}

impl Person {
    pub fn name(&self) -> String {
        format!("{} {}", self.first_name, self.last_name)
    }
}

/// Who signs, in this order.
pub const PEOPLE: [Person; 2] = [
    Person {
        first_name: "Ada",
        last_name: "Martin",
        email: "ada.martin@example.org",
        phone: "06 12 34 56 78",
    },
    Person {
        first_name: "Jérôme",
        last_name: "Lefèvre",
        email: "jerome.lefevre@example.org",
        phone: "+33 6 98 76 54 32",
    },
];

/// The contract's file name without its ending, which becomes its name.
pub const CONTRACT: &str = "Service agreement 2024";

/// What the practice server's log calls its requests.
const REQUESTS: &str = "paraph_sandbox::requests";

/// The whole job. It leaves pictures, the filed PDFs, `result.json` and the practice server's
/// `requests.log` in the stage's results.
pub fn play(stage: &Stage) -> anyhow::Result<()> {
    let window = open(stage)?;
    start_practising(stage, &window)?;
    preparing::drop_contract(stage, &window)?;
    preparing::type_people(stage, &window)?;
    let placed = preparing::place_fields(stage, &window)?;

    sending::review(stage, &window)?;
    sending::take_back(stage, &window)?;
    sending::send(stage, &window)?;

    let [ada, jerome] = &PEOPLE;
    let link = following::signing_link(stage, &window, ada)?;
    signing::sign(stage, &link, ada)?;
    following::is_told(stage, &format!("{} signed “{CONTRACT}”", ada.name()))?;
    following::shows_progress(stage, &window)?;

    let link = following::signing_link(stage, &window, jerome)?;
    following::close_to_tray(stage, &window)?;
    signing::sign(stage, &link, jerome)?;
    following::is_told(stage, &format!("{} signed “{CONTRACT}”", jerome.name()))?;
    following::is_told(stage, &format!("“{CONTRACT}” is complete"))?;
    following::click_notification(stage, &window)?;
    following::shows_result(stage, &window)?;
    following::opens_files(stage, &window)?;

    following::quit(stage, window)?;
    let window = open(stage)?;
    following::shows_the_same_again(stage, &window)?;
    window.ensure_untroubled()?;

    proof::check(stage, &placed)
}

fn open(stage: &Stage) -> anyhow::Result<Window<'_>> {
    stage
        .paraph()
        .environment("LANG", "en_GB.UTF-8")
        .environment("PARAPH_LOG", format!("warn,paraph=info,{REQUESTS}=debug"))
        .open()
}

fn start_practising(stage: &Stage, window: &Window) -> anyhow::Result<()> {
    let start = button("Start practising");
    window.wait_for(&start)?;
    stage.picture_of(window, "first-screen")?;
    window.click(&start)?;
    window.wait_for(&heading("Drafts"))?;
    window.wait_for(&css("main"))?;
    stage.picture_of(window, "nothing-yet")?;
    Ok(())
}
