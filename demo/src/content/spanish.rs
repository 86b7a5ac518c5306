//! Spanish phrases.

use super::Bank;

pub(super) const BANK: Bank = Bank {
    ordinary: &[
        ("Día a día", "Para tener a mano en las pequeñas tareas: {s}."),
        ("Escuela y oficina", "Para dejar sobre el escritorio: {s}."),
        ("Manualidades", "Para usar en manualidades: {s}."),
        ("Reparaciones", "Para una reparación rápida: {s}."),
        ("Cocina", "Para guardar en un cajón de la cocina: {s}."),
        ("Viajes", "Para llevar en el próximo viaje: {s}."),
    ],
    surprising: &[
        ("Péndulo", "Colgado de un hilo y medido en diez oscilaciones: {s} mide la gravedad."),
        ("Reloj de sol", "En una repisa soleada, con la sombra marcada cada hora: {s} da la hora."),
        ("Percusión", "Con un micrófono de contacto y un solo golpe: {s} se vuelve tambor."),
        ("Relieve", "Apretado en arcilla y vaciado en yeso: {s} decora la pared."),
        ("Sello", "Con tinta en un lado y estampado en tela: {s} crea un dibujo único."),
        ("Sombras", "Ante una lámpara, girado despacio: {s} hace nacer animales."),
    ],
    filler: &["La mayoría ya lo hace.", "Es sencillo y práctico."],
    surprising_filler: &["A pocos se les ocurriría.", "No cuesta nada."],
    opening: "Aquí tienes {n} propuestas:",
    closing: "¡Dime si quieres más!",
    formal: ("A continuación encontrará {n} propuestas.", "Quedo a su disposición."),
    question: "¿Cuál probará primero?",
    prose: &[
        "Hay mucho que decir sobre este tema: {s}.",
        "Se puede ver desde varios lados.",
        "Lo importante es mirar los detalles con calma.",
    ],
    table: ("Título", "Qué hacer"),
};
