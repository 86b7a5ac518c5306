use proptest::prelude::*;

use super::*;
use Priority::{Bulk, Interactive};

fn places(seats: &mut [Seat]) -> Vec<Option<usize>> {
    seats.iter_mut().map(Seat::place).collect()
}

fn line_of(count: usize, at_once: usize) -> (Line, Vec<Seat>) {
    let line = Line::new(at_once);
    let seats = (0..count).map(|_| line.join(Interactive)).collect();
    (line, seats)
}

#[test]
fn who_came_first_goes_first() {
    let (_line, mut seats) = line_of(4, 2);
    assert_eq!(places(&mut seats), [None, None, Some(1), Some(2)]);
    drop(seats.remove(0));
    assert_eq!(places(&mut seats), [None, None, Some(1)]);
    drop(seats.remove(0));
    assert_eq!(places(&mut seats), [None, None]);
}

#[test]
fn who_leaves_the_line_frees_a_place_for_those_behind() {
    let (_line, mut seats) = line_of(4, 1);
    assert_eq!(places(&mut seats), [None, Some(1), Some(2), Some(3)]);
    drop(seats.remove(1));
    assert_eq!(places(&mut seats), [None, Some(1), Some(2)]);
}

#[test]
fn a_turn_that_is_not_taken_goes_to_the_next() {
    let (line, mut seats) = line_of(3, 1);
    drop(seats.remove(0));
    // It is the turn of the first now, who leaves without having looked.
    drop(seats.remove(0));
    assert_eq!(places(&mut seats), [None]);
    drop(seats);
    assert_eq!(line.join(Bulk).place(), None);
    assert_eq!(line.state().free(), 1);
}

#[test]
fn what_a_person_waits_for_goes_before_a_thousand_in_bulk() {
    let line = Line::new(2);
    let mut bulk: Vec<_> = (0..1_002).map(|_| line.join(Bulk)).collect();
    let mut person = line.join(Interactive);
    assert_eq!(person.place(), Some(1));
    assert_eq!(bulk[2].place(), Some(2));
    bulk.remove(0);
    assert_eq!(person.place(), None);
    assert_eq!(bulk[1].place(), Some(1));
    drop(person);
    assert_eq!(bulk[1].place(), None);
    assert_eq!(bulk[2].place(), Some(1));
}

#[test]
fn a_pause_of_a_bulk_call_holds_up_no_person() {
    let line = Line::new(1);
    let (mut first, mut second) = (line.join(Bulk), line.join(Bulk));
    first.pause();
    assert_eq!(second.place(), Some(1), "the next one in bulk would be turned away, too");
    let mut person = line.join(Interactive);
    assert_eq!(person.place(), None);
    first.resume();
    assert_eq!((first.place(), second.place()), (Some(1), Some(2)));
    drop(person);
    assert_eq!((first.place(), second.place()), (None, Some(1)));
    let mut person = line.join(Interactive);
    assert_eq!(person.place(), Some(1));
    first.pause();
    assert_eq!(person.place(), None);
    drop((first, person));
    assert_eq!(second.place(), None);
}

#[tokio::test]
async fn who_waits_is_woken() {
    let (_line, mut seats) = line_of(2, 1);
    let (mut second, first) = (seats.pop().unwrap(), seats.pop());
    assert_eq!(second.place(), Some(1));
    let (second, ()) = tokio::join!(
        async {
            second.moved().await;
            second
        },
        async { drop(first) },
    );
    let mut second = second;
    assert_eq!(second.place(), None);
}

#[derive(Clone, Copy, Debug)]
enum Step {
    Join(Priority),
    Leave(usize),
    Pause(usize),
    Resume(usize),
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        3 => prop_oneof![Just(Interactive), Just(Bulk), Just(Bulk)].prop_map(Step::Join),
        2 => any::<usize>().prop_map(Step::Leave),
        1 => any::<usize>().prop_map(Step::Pause),
        1 => any::<usize>().prop_map(Step::Resume),
    ]
}

/// The calls of a line as they should be, in the order in which they came.
#[derive(Default)]
struct Expected {
    calls: Vec<Expectation>,
}

struct Expectation {
    seat: Seat,
    has_turn: bool,
    is_paused: bool,
}

impl Expected {
    /// Gives turns to whom they belong, the slow way.
    fn settle(&mut self, at_once: usize) {
        while let Some(next) = self.next_waiting() {
            let is_person = self.calls[next].seat.priority == Interactive;
            if self.calls.iter().filter(|call| call.has_turn).count() == at_once {
                let lender = self.calls.iter_mut().rfind(|call| call.has_turn && call.is_paused);
                let Some(lender) = lender.filter(|_| is_person) else { return };
                lender.has_turn = false;
            }
            self.calls[next].has_turn = true;
        }
    }

    fn next_waiting(&self) -> Option<usize> {
        let waits = |priority| {
            self.calls.iter().position(|call| call.waits() && call.seat.priority == priority)
        };
        waits(Interactive).or_else(|| waits(Bulk))
    }

    fn check(&mut self) {
        let people = self.calls.iter().filter(|call| call.is_person_waiting()).count();
        let (mut person, mut bulk) = (1, people + 1);
        for call in &mut self.calls {
            if call.is_paused {
                continue;
            }
            let told = call.seat.place();
            assert_eq!(told.is_none(), call.has_turn);
            let Some(told) = told else { continue };
            if call.seat.priority == Interactive {
                assert_eq!(told, person);
                person += 1;
            } else {
                assert!(is_near(told, bulk), "told {told}, is {bulk}");
                bulk += 1;
            }
        }
    }
}

impl Expectation {
    fn waits(&self) -> bool {
        !self.has_turn && !self.is_paused
    }

    fn is_person_waiting(&self) -> bool {
        self.waits() && self.seat.priority == Interactive
    }
}

/// Whether both places are between the same two that are told.
fn is_near(told: usize, place: usize) -> bool {
    let step = 10_usize.pow(place.ilog10());
    (place / step * step..=place.div_ceil(step) * step).contains(&told)
}

proptest! {
    #[test]
    fn turns_are_given_in_order_and_none_is_lost(
        at_once in 1_usize..5,
        steps in prop::collection::vec(step(), 0..120),
    ) {
        let line = Line::new(at_once);
        let mut expected = Expected::default();
        for step in steps {
            let count = expected.calls.len();
            match step {
                Step::Join(priority) => {
                    let seat = line.join(priority);
                    expected.calls.push(Expectation { seat, has_turn: false, is_paused: false });
                }
                Step::Leave(at) if count > 0 => drop(expected.calls.remove(at % count)),
                Step::Pause(at) if count > 0 => {
                    let call = &mut expected.calls[at % count];
                    if call.has_turn && !call.is_paused && call.seat.priority == Bulk {
                        call.is_paused = true;
                        call.seat.pause();
                    }
                }
                Step::Resume(at) if count > 0 => {
                    let call = &mut expected.calls[at % count];
                    if call.is_paused {
                        call.is_paused = false;
                        call.seat.resume();
                    }
                }
                _ => {}
            }
            expected.settle(at_once);
            expected.check();
        }
        drop(expected);
        prop_assert_eq!(line.state().free(), at_once);
    }
}
