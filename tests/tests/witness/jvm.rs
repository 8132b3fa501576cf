//! The virtual machine that answers.

use std::io::{Read, Write};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::sync::{Mutex, PoisonError};

use real_kafka::{Distribution, Release};

use super::wire::{Answer, Question};

const SOURCES: [(&str, &str); 7] = [
    ("Batches.java", include_str!("../../java/Batches.java")),
    ("Facts.java", include_str!("../../java/Facts.java")),
    ("Messages.java", include_str!("../../java/Messages.java")),
    ("RandomBytes.java", include_str!("../../java/RandomBytes.java")),
    ("Sasl.java", include_str!("../../java/Sasl.java")),
    ("Wire.java", include_str!("../../java/Wire.java")),
    ("Witness.java", include_str!("../../java/Witness.java")),
];

/// Puts a question to the virtual machine, which the first question starts.
///
/// Panics with Java's stack trace when the operation fails.
pub(super) fn ask(question: &Question) -> Answer {
    try_ask(question).unwrap_or_else(|trace| panic!("the witness failed: {trace}"))
}

/// As [`ask`], with Java's stack trace as the error.
pub(super) fn try_ask(question: &Question) -> Result<Answer, String> {
    static JVM: Mutex<Option<Jvm>> = Mutex::new(None);
    // Each exchange is whole or the machine is gone, so a panic elsewhere leaves nothing half done.
    let mut jvm = JVM.lock().unwrap_or_else(PoisonError::into_inner);
    jvm.get_or_insert_with(Jvm::start).exchange(question)
}

/// A machine; it ends with its stdin, which closes when this process ends in whatever way.
struct Jvm {
    process: Child,
    stdin: ChildStdin,
    stdout: ChildStdout,
}

impl Jvm {
    fn start() -> Self {
        let kafka = Distribution::obtain(Release::of("4.4.0").unwrap()).unwrap();
        let classes = kafka.compile(&SOURCES).unwrap();
        let class_path = format!("{}:{}", classes.display(), kafka.class_path());
        let mut process = Command::new(real_kafka::java_program("java"))
            .args(["-XX:+UseSerialGC", "-Xmx512m", "-cp", &class_path, "Witness"])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let stdin = process.stdin.take().unwrap();
        let stdout = process.stdout.take().unwrap();
        Self {
            process,
            stdin,
            stdout,
        }
    }

    fn exchange(&mut self, question: &Question) -> Result<Answer, String> {
        let length = u32::try_from(question.as_bytes().len()).unwrap();
        let sent = [&length.to_be_bytes(), question.as_bytes()].concat();
        let answered = self.stdin.write_all(&sent).and_then(|()| {
            let mut length = [0; 4];
            self.stdout.read_exact(&mut length)?;
            let mut answer = vec![0; u32::from_be_bytes(length).try_into().unwrap()];
            self.stdout.read_exact(&mut answer)?;
            Ok(answer)
        });
        let mut answer = answered.unwrap_or_else(|error| {
            panic!(
                "the witness is gone ({error}); it ended with {:?}",
                self.process.wait()
            )
        });
        let succeeded = answer.remove(0) == 1;
        if succeeded {
            Ok(Answer::new(answer))
        } else {
            Err(String::from_utf8_lossy(&answer).into_owned())
        }
    }
}
