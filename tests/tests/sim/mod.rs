//! The simulation: whole clients, a whole cluster, faults, and a clock of its own.

mod mutants;
mod seeds;
