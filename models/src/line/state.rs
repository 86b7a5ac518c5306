//! Who waits, who pauses, and whose turn is next.

use std::collections::{BTreeSet, VecDeque};
use std::iter;

use tokio::sync::watch;

use crate::call::Priority;

/// The state of a line. As long as a call may begin at once, nobody waits; as long as a bulk call
/// pauses with its turn, nobody waits whose priority is interactive.
#[derive(Debug)]
pub(super) struct State {
    /// Calls that may begin at once.
    free: usize,
    /// Both queues are in the order of their numbers.
    interactive: VecDeque<Waiter>,
    bulk: VecDeque<Waiter>,
    /// Bulk calls that pause and still have their turn.
    pausing: BTreeSet<u64>,
    /// Bulk calls whose turn was taken while they paused.
    taken: BTreeSet<u64>,
    next_id: u64,
}

#[derive(Debug)]
struct Waiter {
    id: u64,
    /// Its place from 1; 0 when it is its turn.
    place: watch::Sender<usize>,
}

impl State {
    pub(super) fn new(at_once: usize) -> Self {
        Self {
            free: at_once,
            interactive: VecDeque::new(),
            bulk: VecDeque::new(),
            pausing: BTreeSet::new(),
            taken: BTreeSet::new(),
            next_id: 0,
        }
    }

    /// A new call: its number, and what tells it its place unless it is its turn.
    pub(super) fn join(&mut self, priority: Priority) -> (u64, Option<watch::Receiver<usize>>) {
        let id = self.next_id;
        self.next_id += 1;
        (id, self.enter(id, priority))
    }

    /// A call that waits, pauses, or has its turn goes.
    pub(super) fn leave(&mut self, id: u64, priority: Priority) {
        if self.taken.remove(&id) {
            return;
        }
        self.pausing.remove(&id);
        let queue = self.queue(priority);
        match queue.binary_search_by_key(&id, |waiter| waiter.id) {
            Ok(index) => {
                queue.remove(index);
                self.tell(priority, index);
            }
            Err(_) => self.release(),
        }
    }

    /// A bulk call that has its turn pauses.
    pub(super) fn pause(&mut self, id: u64) {
        if self.interactive.is_empty() {
            self.pausing.insert(id);
        } else {
            self.taken.insert(id);
            self.release();
        }
    }

    /// A bulk call ends its pause: what tells it its place unless it is its turn.
    pub(super) fn resume(&mut self, id: u64) -> Option<watch::Receiver<usize>> {
        if self.pausing.remove(&id) {
            return None;
        }
        self.taken.remove(&id);
        self.enter(id, Priority::Bulk)
    }

    fn enter(&mut self, id: u64, priority: Priority) -> Option<watch::Receiver<usize>> {
        if self.free > 0 {
            self.free -= 1;
            return None;
        }
        if priority == Priority::Interactive
            && let Some(lender) = self.pausing.pop_last()
        {
            self.taken.insert(lender);
            return None;
        }
        let (place, told) = watch::channel(0);
        let queue = self.queue(priority);
        let index = queue.partition_point(|waiter| waiter.id < id);
        queue.insert(index, Waiter { id, place });
        let place = self.first_place(priority) + index;
        self.queue(priority)[index].place.send_replace(place);
        self.tell(priority, index + 1);
        Some(told)
    }

    /// Gives the right to call to the next one.
    fn release(&mut self) {
        let next = self.interactive.pop_front().map(|first| (first, Priority::Interactive));
        let next = next.or_else(|| Some((self.bulk.pop_front()?, Priority::Bulk)));
        match next {
            Some((first, priority)) => {
                first.place.send_replace(0);
                self.tell(priority, 0);
            }
            None => self.free += 1,
        }
    }

    /// Tells their new places to those of this priority from `index` on, and to all that go after them.
    fn tell(&self, priority: Priority, index: usize) {
        let mut bulk_index = index;
        if priority == Priority::Interactive {
            for (place, waiter) in (1..).zip(&self.interactive).skip(index) {
                waiter.tell(place);
            }
            bulk_index = 0;
        }
        let first = self.first_place(Priority::Bulk);
        for place in told_places(first + bulk_index, first + self.bulk.len()) {
            self.bulk[place - first].tell(place);
        }
    }

    fn first_place(&self, priority: Priority) -> usize {
        match priority {
            Priority::Interactive => 1,
            Priority::Bulk => self.interactive.len() + 1,
        }
    }

    fn queue(&mut self, priority: Priority) -> &mut VecDeque<Waiter> {
        match priority {
            Priority::Interactive => &mut self.interactive,
            Priority::Bulk => &mut self.bulk,
        }
    }

    #[cfg(test)]
    pub(super) fn free(&self) -> usize {
        self.free
    }
}

impl Waiter {
    fn tell(&self, place: usize) {
        self.place.send_if_modified(|told| std::mem::replace(told, place) != place);
    }
}

/// The places from `first` up to `end` that a bulk call is told when it comes to them: 1 to 10, then
/// 20, 30, … 100, 200, and so on. If each were told each place, a move of a line of a thousand would
/// wake a thousand tasks.
fn told_places(first: usize, end: usize) -> impl Iterator<Item = usize> {
    let steps = iter::successors(Some(1_usize), |step| step.checked_mul(10));
    let places = steps.flat_map(|step| (1..10).map(move |digit| digit * step));
    places.skip_while(move |place| *place < first).take_while(move |place| *place < end)
}
