//! The door between a caller's task and a machine on the engine's task.
//!
//! A port is two bounded-by-use queues behind one lock: commands go in, events come out. It knows nothing of
//! any runtime: whoever waits leaves a [`Waker`]. Nothing passes here per record; batches, frames and calls do.

use std::collections::VecDeque;
use std::sync::Arc;
use std::task::{Context, Poll, Waker};

use parking_lot::Mutex;

/// The shared state of a port.
#[derive(Debug)]
struct Shared<C, E> {
    commands: VecDeque<C>,
    events: VecDeque<E>,
    caller: Option<Waker>,
    caller_gone: bool,
    machine_gone: bool,
}

/// The caller's side: sends commands, waits for events.
#[derive(Debug)]
pub struct CallerPort<C, E> {
    shared: Arc<Mutex<Shared<C, E>>>,
    engine: Waker,
}

/// The machine's side: takes commands, sends events.
#[derive(Debug)]
pub struct MachinePort<C, E> {
    shared: Arc<Mutex<Shared<C, E>>>,
}

/// Creates a port. `engine` is woken when a command is there.
pub fn port<C, E>(engine: Waker) -> (CallerPort<C, E>, MachinePort<C, E>) {
    let shared = Arc::new(Mutex::new(Shared {
        commands: VecDeque::new(),
        events: VecDeque::new(),
        caller: None,
        caller_gone: false,
        machine_gone: false,
    }));
    (
        CallerPort {
            shared: shared.clone(),
            engine,
        },
        MachinePort { shared },
    )
}

impl<C, E> CallerPort<C, E> {
    /// Hands a command to the machine; gives it back when the machine is gone.
    pub fn send(&self, command: C) -> Result<(), C> {
        {
            let mut shared = self.shared.lock();
            if shared.machine_gone {
                return Err(command);
            }
            shared.commands.push_back(command);
        }
        self.engine.wake_by_ref();
        Ok(())
    }

    /// The next event; `Ready(None)` when there is none and the machine is gone.
    pub fn poll_event(&self, cx: &mut Context<'_>) -> Poll<Option<E>> {
        let mut shared = self.shared.lock();
        match shared.events.pop_front() {
            Some(event) => Poll::Ready(Some(event)),
            None if shared.machine_gone => Poll::Ready(None),
            None => {
                shared.caller = Some(cx.waker().clone());
                Poll::Pending
            }
        }
    }

    /// The next event, if one is there.
    pub fn try_event(&self) -> Option<E> {
        self.shared.lock().events.pop_front()
    }
}

impl<C, E> Drop for CallerPort<C, E> {
    fn drop(&mut self) {
        self.shared.lock().caller_gone = true;
        self.engine.wake_by_ref();
    }
}

impl<C, E> MachinePort<C, E> {
    /// The next command, if one is there.
    pub fn take(&self) -> Option<C> {
        self.shared.lock().commands.pop_front()
    }

    /// Whether the caller has dropped its side.
    pub fn caller_gone(&self) -> bool {
        self.shared.lock().caller_gone
    }

    /// Hands an event to the caller; dropped when the caller is gone.
    pub fn emit(&self, event: E) {
        let waker = {
            let mut shared = self.shared.lock();
            if shared.caller_gone {
                return;
            }
            shared.events.push_back(event);
            shared.caller.take()
        };
        if let Some(waker) = waker {
            waker.wake();
        }
    }
}

impl<C, E> Drop for MachinePort<C, E> {
    fn drop(&mut self) {
        let waker = {
            let mut shared = self.shared.lock();
            shared.machine_gone = true;
            shared.caller.take()
        };
        if let Some(waker) = waker {
            waker.wake();
        }
    }
}
