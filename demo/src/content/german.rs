//! German phrases.

use super::Bank;

pub(super) const BANK: Bank = Bank {
    ordinary: &[
        ("Alltag", "Für kleine Aufgaben des Tages griffbereit halten: {s}."),
        ("Schule und Büro", "Auf dem Schreibtisch bereitlegen: {s}."),
        ("Basteln", "Beim Basteln verwenden: {s}."),
        ("Reparaturen", "Bei schnellen Reparaturen zur Hand nehmen: {s}."),
        ("Küche", "In die Küchenschublade legen: {s}."),
        ("Reisen", "Für die nächste Reise einpacken: {s}."),
    ],
    surprising: &[
        (
            "Pendel",
            "An einem Faden aufhängen und zehn Schwingungen stoppen: {s} misst die Schwerkraft.",
        ),
        (
            "Sonnenuhr",
            "Auf die Fensterbank stellen und stündlich den Schatten markieren: {s} zeigt die Zeit.",
        ),
        ("Trommel", "Ein Kontaktmikrofon ankleben und einmal antippen: {s} wird zum Schlagzeug."),
        ("Gipsrelief", "In Ton drücken und mit Gips ausgießen: {s} hängt als Relief an der Wand."),
        (
            "Stoffstempel",
            "Eine Seite einfärben und drucken: {s} macht ein Muster, das sonst niemand hat.",
        ),
        ("Schattentheater", "Vor eine Lampe halten und langsam drehen: {s} wird zu Tieren."),
    ],
    filler: &["Das machen die meisten schon.", "Das ist einfach und praktisch."],
    surprising_filler: &["Darauf kommt kaum jemand.", "Das kostet nichts und dauert zehn Minuten."],
    opening: "Hier sind {n} Vorschläge:",
    closing: "Sag Bescheid, wenn du mehr möchtest!",
    formal: (
        "Nachfolgend finden Sie {n} Vorschläge.",
        "Für weitere Vorschläge stehe ich zur Verfügung.",
    ),
    question: "Was davon probieren Sie zuerst aus?",
    prose: &[
        "Zu {s} gibt es viel zu sagen.",
        "Man kann {s} von mehreren Seiten betrachten.",
        "Wichtig ist ein ruhiger Blick auf die Einzelheiten.",
    ],
    table: ("Titel", "Was zu tun ist"),
};
