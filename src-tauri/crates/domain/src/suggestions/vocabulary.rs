//! The words of signature blocks, in French and English, folded.

/// What may stand before "signature" and beside it.
#[rustfmt::skip]
pub const BESIDE_SIGNATURE: &[&str] = &[
    "nom", "noms", "prenom", "prenoms", "name", "date", "lieu", "place", "cachet", "tampon",
    "stamp", "seal", "qualite", "fonction", "title", "titre", "et", "and", "or", "ou", "the", "la",
    "le", "l", "les", "de", "du", "des", "of", "votre", "your", "authorized", "authorised", "autorisee",
    "manuscrite", "handwritten", "commercial", "entreprise", "company", "s", "client", "full",
    "visa", "legal", "duly", "lu", "approuve", "bon", "pour", "accord", "paraphe",
];

/// What may follow "signature" at once.
#[rustfmt::skip]
pub const AFTER_SIGNATURE: &[&str] = &[
    "du", "de", "des", "d", "la", "le", "l", "of", "by", "for", "pour", "on", "et", "and", "here",
    "ici", "manuscrite", "obligatoire", "required", "line", "block", "precedee", "precede",
    "precedees", "precedes", "preceded", "avec", "with", "suivie", "electronique", "autorisee", "habilitee", "client",
    "date", "nom", "name",
];

/// Who may be a party of a contract. Also with what marks the feminine and the plural.
#[rustfmt::skip]
pub const ROLES: &[&str] = &[
    "bailleur", "bailleresse", "locataire", "preneur", "employeur", "salarie", "vendeur",
    "venderesse", "acheteur", "acquereur", "client", "prestataire", "fournisseur", "mandant",
    "mandataire", "caution", "garant", "emprunteur", "preteur", "cedant", "cessionnaire",
    "proprietaire", "entreprise", "entrepreneur", "associe", "gerant", "president", "directeur",
    "directrice", "representant", "stagiaire", "tuteur", "tutrice", "etablissement", "organisme",
    "beneficiaire", "donneur", "traitant", "societe", "partie", "franchiseur", "franchise",
    "licencie", "concedant", "licence", "souscripteur", "assure", "assureur", "patient", "medecin",
    "parent", "eleve", "etudiant", "artiste", "producteur", "auteur", "editeur", "agent", "agence",
    "syndic", "occupant", "hebergeur", "consultant", "temoin", "dirigeant", "collaborateur",
    "alternant", "apprenti", "maitre", "maire", "mairie", "commune", "association", "conducteur",
    "depositaire", "deposant", "loueur", "commettant", "demandeur", "declarant", "titulaire",
    "expert", "formateur", "organisateur", "sponsor", "partenaire", "distributeur", "candidat",
    "landlord", "lessor", "tenant", "lessee", "employer", "employee", "seller", "buyer",
    "purchaser", "vendor", "customer", "provider", "supplier", "contractor", "subcontractor",
    "company", "guarantor", "borrower", "lender", "licensor", "licensee", "owner", "principal",
    "party", "parties", "witness", "director", "partner", "shareholder", "assignor", "assignee",
    "franchisor", "franchisee", "insured", "insurer", "guardian", "student", "trainee", "intern",
    "manager", "discloser", "recipient", "trustee", "grantor", "executor", "distributor",
    "publisher", "author", "artist", "applicant", "donor", "pledgor", "holder", "service",
    "signatory", "signataire", "member", "resident", "driver", "volunteer", "benevole", "donateur",
    "donataire", "locatrice", "acquereuse", "vendeuse", "acheteuse", "emprunteuse", "preteuse",
];

/// What may stand before a role that begins a signature block.
#[rustfmt::skip]
pub const BEFORE_ROLE: &[&str] = &[
    "le", "la", "l", "les", "the", "pour", "for", "par", "by", "and", "et", "on", "behalf", "of",
    "au", "nom", "d", "de", "du", "un", "une", "a", "son", "ses", "p", "o", "sous", "first",
    "second", "disclosing", "receiving", "legal", "m", "mme", "authorized", "authorised",
];

/// Words that only sentences have.
#[rustfmt::skip]
pub const OF_SENTENCES: &[&str] = &[
    "est", "sont", "sera", "seront", "shall", "is", "are", "will", "must", "doit", "doivent",
    "peut", "peuvent", "may", "vaut", "has", "have", "ont", "etre", "be", "been", "was", "were",
    "emporte", "entraine", "prend", "takes", "constitue", "constitutes", "conformement", "que",
    "qui", "dont", "that", "which", "when", "lorsque", "ne", "not", "should", "can", "apres",
    "after", "avant", "before", "until", "sauf", "unless", "if", "si", "aucune", "aucun", "toute",
    "any", "this", "cette", "dans", "within", "sur", "from", "depuis", "entre", "between", "agree",
    "agrees", "engage", "declare", "declares", "reconnait", "undertakes",
];

/// What begins the words before a name.
pub const OF_NAMES: &[&str] = &[
    "nom", "noms", "prenom", "prenoms", "name", "printed", "print",
];

/// What begins the words before what somebody is.
pub const OF_TITLES: &[&str] = &["qualite", "fonction", "title", "titre"];

/// Whole labels of names.
#[rustfmt::skip]
pub const NAMES: &[&[&str]] = &[
    &["name"], &["print", "name"], &["printed", "name"], &["full", "name"], &["nom"],
    &["nom", "et", "prenom"], &["nom", "prenom"], &["prenom", "nom"], &["prenom", "et", "nom"],
    &["prenom"], &["nom", "du", "signataire"], &["name", "of", "signatory"], &["noms"],
    &["nom", "et", "prenoms"], &["nom", "s", "et", "prenom", "s"], &["name", "print"],
    &["name", "in", "capitals"], &["nom", "prenoms"],
];

/// Whole labels of what somebody is.
#[rustfmt::skip]
pub const TITLES: &[&[&str]] = &[
    &["title"], &["job", "title"], &["titre"], &["fonction"], &["qualite"], &["position"],
    &["capacity"], &["en", "qualite", "de"], &["fonctions"], &["qualite", "fonction"],
    &["fonction", "qualite"], &["titre", "fonction"], &["its"],
];

/// Where something is signed.
#[rustfmt::skip]
pub const PLACES: &[&[&str]] = &[
    &["lieu"], &["place"], &["fait", "a"], &["done", "at"], &["signed", "at"], &["signe", "a"],
    &["lieu", "de", "signature"], &["location"], &["place", "of", "signature"],
];

/// When it is signed.
#[rustfmt::skip]
pub const DATES: &[&[&str]] = &[
    &["date"], &["dated"], &["date", "de", "signature"], &["date", "de", "la", "signature"],
    &["date", "of", "signature"], &["date", "signed"], &["signature", "date"], &["dated", "this"],
    &["date", "du", "jour"], &["lieu", "et", "date"], &["date", "et", "lieu"], &["le"],
    &["place", "and", "date"], &["date", "and", "place"], &["fait", "le"], &["signe", "le"],
    &["lieu", "date"], &["place", "date"], &["signed", "on"], &["date", "of", "signing"],
];
