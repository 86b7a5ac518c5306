//! The line in front of a provider: at most so many calls at once, first come, first served.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::sync::watch;

/// The line in front of one provider. Cheap to clone.
#[derive(Clone, Debug)]
pub(crate) struct Line {
    state: Arc<Mutex<State>>,
}

#[derive(Debug)]
struct State {
    /// Calls that may begin at once.
    free: usize,
    waiting: VecDeque<Waiter>,
    next_id: u64,
}

#[derive(Debug)]
struct Waiter {
    id: u64,
    /// Its place from 1; 0 when it is its turn.
    place: watch::Sender<usize>,
}

/// A place in the line, and then the right to call. Dropping it lets the next one go on.
#[derive(Debug)]
pub(crate) struct Seat {
    line: Line,
    /// What a waiter is told; `None` for one that never had to wait.
    waiter: Option<(u64, watch::Receiver<usize>)>,
}

impl Line {
    /// A line for a provider that answers `at_once` calls at once, at least one.
    pub(crate) fn new(at_once: usize) -> Self {
        let state = State { free: at_once.max(1), waiting: VecDeque::new(), next_id: 0 };
        Self { state: Arc::new(Mutex::new(state)) }
    }

    /// Takes a place at the end. Never waits itself.
    pub(crate) fn join(&self) -> Seat {
        let mut state = self.state();
        let waiter = if state.free > 0 {
            state.free -= 1;
            None
        } else {
            Some(state.add())
        };
        drop(state);
        Seat { line: self.clone(), waiter }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        // Nothing in a change can panic between its steps.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Seat {
    /// The place in the line, from 1; `None` when it is its turn.
    pub(crate) fn place(&mut self) -> Option<usize> {
        let (_, place) = self.waiter.as_mut()?;
        Some(*place.borrow_and_update()).filter(|place| *place > 0)
    }

    /// Completes when the place has changed since it was asked for.
    pub(crate) async fn moved(&mut self) {
        if let Some((_, place)) = &mut self.waiter {
            // The sender goes when it is this one's turn, which is the last change.
            let _ = place.changed().await;
        }
    }
}

impl Drop for Seat {
    fn drop(&mut self) {
        let mut state = self.line.state();
        let id = self.waiter.as_ref().map(|(id, _)| *id);
        match state.waiting.iter().position(|waiter| Some(waiter.id) == id) {
            Some(index) => {
                state.waiting.remove(index);
                state.number_from(index);
            }
            None => state.release(),
        }
    }
}

impl State {
    fn add(&mut self) -> (u64, watch::Receiver<usize>) {
        let (place, told) = watch::channel(self.waiting.len() + 1);
        let id = self.next_id;
        self.next_id += 1;
        self.waiting.push_back(Waiter { id, place });
        (id, told)
    }

    /// Gives the right to call to the first in the line.
    fn release(&mut self) {
        match self.waiting.pop_front() {
            Some(first) => {
                first.place.send_replace(0);
                self.number_from(0);
            }
            None => self.free += 1,
        }
    }

    /// Tells everyone from `index` on their new place.
    fn number_from(&self, index: usize) {
        for (index, waiter) in self.waiting.iter().enumerate().skip(index) {
            waiter.place.send_replace(index + 1);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn places(seats: &mut [Seat]) -> Vec<Option<usize>> {
        seats.iter_mut().map(Seat::place).collect()
    }

    fn line_of(count: usize, at_once: usize) -> (Line, Vec<Seat>) {
        let line = Line::new(at_once);
        let seats = (0..count).map(|_| line.join()).collect();
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
        assert_eq!(line.join().place(), None);
        assert_eq!(line.state().free, 1);
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
}
