//! French phrases.

use super::Bank;

pub(super) const BANK: Bank = Bank {
    ordinary: &[
        ("Au quotidien", "À garder sous la main pour les petites tâches : {s}."),
        ("École et bureau", "À poser sur le bureau : {s}."),
        ("Bricolage", "À utiliser pour bricoler : {s}."),
        ("Réparations", "À prendre pour une réparation rapide : {s}."),
        ("Cuisine", "À ranger dans un tiroir de la cuisine : {s}."),
        ("Voyage", "À emporter au prochain voyage : {s}."),
    ],
    surprising: &[
        ("Pendule", "Suspendu à un fil, chronométré sur dix oscillations : {s} mesure la gravité."),
        (
            "Cadran solaire",
            "Sur un rebord ensoleillé, l'ombre marquée chaque heure : {s} donne l'heure.",
        ),
        ("Percussion", "Avec un micro de contact et un seul coup : {s} devient un tambour."),
        ("Relief", "Pressé dans l'argile puis coulé en plâtre : {s} orne le mur."),
        ("Tampon", "Encré d'un côté et imprimé sur tissu : {s} crée un motif unique."),
        ("Ombres", "Devant une lampe, tourné lentement : {s} fait naître des animaux."),
    ],
    filler: &["La plupart des gens le font déjà.", "C'est simple et pratique."],
    surprising_filler: &["Peu de gens y penseraient.", "Cela ne coûte rien."],
    opening: "Voici {n} propositions :",
    closing: "Dites-moi si vous en voulez d'autres !",
    formal: ("Veuillez trouver ci-dessous {n} propositions.", "Je reste à votre disposition."),
    question: "Laquelle essaierez-vous en premier ?",
    prose: &[
        "Il y a beaucoup à dire sur ce sujet : {s}.",
        "On peut le voir de plusieurs côtés.",
        "L'important est de regarder calmement les détails.",
    ],
    table: ("Titre", "Que faire"),
};
