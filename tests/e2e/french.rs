//! All screens on a French desktop, on a small display: looked at by a person, and walked by keys
//! where fields are placed.

use crate::pages::until_sharp;
use anyhow::Context;
use paraph_tests::fixtures;
use paraph_tests::fixtures::protection::{Protection, protected};
use paraph_tests::stage::{Stage, Window, button, css, field, heading, role, wait_until};
use std::fs;

/// Paraph on the practice account as most stories look at it once more: in French, dark, on a
/// small display.
pub fn dark_and_small(stage: &Stage) -> anyhow::Result<Window<'_>> {
    let window = stage.paraph().environment("LANG", "fr_FR.UTF-8").open()?;
    window.resize(1280, 720)?;
    window.click(&button("Commencer à s’entraîner"))?;
    window.wait_for(&heading("Brouillons"))?;
    window.click(&button("Réglages"))?;
    window.click(&role("radio", "Sombre"))?;
    window.click(&button("Brouillons"))?;
    Ok(window)
}

/// The screens in the light theme.
pub fn in_light(stage: &Stage) -> anyhow::Result<()> {
    walk(stage, "Clair")
}

/// The screens in the dark theme.
pub fn in_dark(stage: &Stage) -> anyhow::Result<()> {
    walk(stage, "Sombre")
}

fn walk(stage: &Stage, theme: &str) -> anyhow::Result<()> {
    let lease = stage.session().home().join("Bail commercial.pdf");
    fs::write(&lease, fixtures::contract(3)).context("writing a contract")?;
    let window = stage.paraph().environment("LANG", "fr_FR.UTF-8").open()?;
    window.resize(1280, 720)?;
    window.wait_for(&heading("Bienvenue dans Paraph"))?;
    stage.picture_of(&window, "accueil")?;
    window.click(&button("Commencer à s’entraîner"))?;
    window.wait_for(&heading("Brouillons"))?;
    settings(stage, &window, theme)?;
    window.click(&button("Brouillons"))?;
    stage.picture_of(&window, "brouillons")?;

    not_taken(stage, &window)?;
    stage.start_again(&[&lease])?;
    window.wait_for_text("1 / 3")?;
    magnified(stage, &window)?;
    prepare(stage, &window)?;
    send(stage, &window)?;
    window.click(&button("Toutes les demandes"))?;
    window.wait_for(&heading("Demandes"))?;
    stage.picture_of(&window, "demandes")?;
    window.ensure_untroubled()
}

fn settings(stage: &Stage, window: &Window, theme: &str) -> anyhow::Result<()> {
    window.click(&button("Réglages"))?;
    window.click(&role("radio", theme))?;
    stage.picture_of(window, "reglages")?;
    window.click(&button("Connecter Yousign…"))?;
    window.wait_for(&role("dialog", "Connecter Yousign"))?;
    window.click(&role("radio", "Réel"))?;
    stage.picture_of(window, "connecter-yousign")?;
    window.click(&css("[role=dialog] .aside button"))?;
    window.wait_for(&role("dialog", "Comment obtenir une clé"))?;
    stage.picture_of(window, "sans-cle")?;
    stage.pointer().press("Escape")?;
    window.wait_until_gone(&role("dialog", "Comment obtenir une clé"))?;
    window.click(&button("Annuler"))
}

/// A file that is damaged and one that asks for its password; nobody knows it.
fn not_taken(stage: &Stage, window: &Window) -> anyhow::Result<()> {
    let home = stage.session().home();
    let damaged = home.join("Devis abîmé.pdf");
    fs::write(&damaged, b"%PDF-1.7\nand nothing else").context("a damaged file")?;
    let locked = home.join("Contrat protégé.pdf");
    let how = Protection {
        user: "secret",
        ..Protection::default()
    };
    fs::write(&locked, protected(&fixtures::contract(1), &how)).context("a locked file")?;
    stage.start_again(&[&damaged, &locked])?;
    window.wait_for(&role("dialog", "Un mot de passe est nécessaire"))?;
    stage.picture_of(window, "mot-de-passe")?;
    stage.pointer().press("Escape")?;
    window.wait_for_text("Devis abîmé.pdf")?;
    stage.picture_of(window, "fichier-abime")?;
    stage.pointer().press("Escape")?;
    window.wait_until_gone(&css("[role=dialog]"))
}

/// The page at three times its size and more.
fn magnified(stage: &Stage, window: &Window) -> anyhow::Result<()> {
    let percent = "return Number([...document.querySelectorAll('button')]
        .map((button) => /^Zoom ([0-9]+)/.exec(button.ariaLabel ?? ''))
        .find((found) => found)?.[1] ?? 0)";
    wait_until("300 %", || {
        let zoom = window.execute(percent, &[])?.as_f64().unwrap_or_default();
        if zoom < 300.0 {
            window.click(&button("Agrandir"))?;
        }
        Ok((zoom >= 300.0).then_some(()))
    })?;
    until_sharp(window)?;
    stage.picture_of(window, "trois-fois")?;
    window.click(&button("Ajuster à la largeur"))
}

/// One person, and a field that is placed with the keyboard alone.
fn prepare(stage: &Stage, window: &Window) -> anyhow::Result<()> {
    stage.picture_of(window, "document")?;
    window.click(&button("Ajouter une personne"))?;
    window.fill(&role("combobox", "Prénom"), "Zoë")?;
    window.fill(&field("Nom"), "Muller")?;
    window.fill(&role("combobox", "E-mail"), "zoe.muller@example.org")?;
    window.fill(&field("Téléphone"), "06 12 34 56 78")?;
    stage.picture_of(window, "personne")?;
    window.click(&button("Terminé"))?;
    focus(window, "[role=group][aria-label='Page 1']")?;
    stage.pointer().press("s")?;
    window.wait_for(&css("#editor-inspector"))?;
    stage.pointer().press("shift+Down")?;
    stage.picture_of(window, "champ")?;
    window.click(&css("#editor-message"))?;
    stage.picture_of(window, "message")?;
    stage.pointer().press("Escape")
}

fn send(stage: &Stage, window: &Window) -> anyhow::Result<()> {
    window.wait_for(&button("Prêt à envoyer"))?;
    window.click(&css("header button.primary"))?;
    window.wait_for(&button("Envoyer en entraînement"))?;
    stage.picture_of(window, "relecture")?;
    window.click(&button("Envoyer en entraînement"))?;
    window.wait_for(&heading("Rien n’est encore parti"))?;
    stage.picture_of(window, "defaire")?;
    window.wait_for(&heading("Envoyé"))?;
    stage.picture_of(window, "envoye")?;
    window.click(&button("Ouvrir la demande"))?;
    window.wait_for(&button("Signer à sa place : Zoë Muller"))?;
    stage.picture_of(window, "demande")?;
    Ok(())
}

/// Puts the keyboard's focus where Tab would bring it after some presses.
fn focus(window: &Window, selector: &str) -> anyhow::Result<()> {
    let body = "document.querySelector(arguments[0]).focus()";
    window.execute(body, &[selector.into()]).map(drop)
}
