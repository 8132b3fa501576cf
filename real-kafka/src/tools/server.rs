//! The resident virtual machine.

use std::{
    io::{self, Read, Write},
    process::{ChildStdin, ChildStdout, Stdio},
    sync::mpsc,
    thread,
    time::Duration,
};

use super::{machine, output::ToolOutput};
use crate::{
    Distribution, Error,
    guard::{Guard, Process},
    java,
};

const SOURCE: &str = include_str!("../../java/ToolServer.java");

/// A virtual machine that runs one tool after the other.
pub(super) struct Server {
    process: Process,
    stdin: ChildStdin,
    answers: mpsc::Receiver<io::Result<ToolOutput>>,
}

impl Server {
    pub(super) fn start(distribution: &Distribution) -> Result<Self, Error> {
        let classes = distribution.compile(&[("ToolServer.java", SOURCE)])?;
        let guard = Guard::over_new_folder("real-kafka-tools-")?;
        let mut arguments = machine::options(distribution, Some(&classes))?;
        arguments.push("ToolServer".into());
        let mut process = Process::start(
            &guard,
            &java::program("java"),
            &arguments,
            Stdio::piped(),
            Stdio::null(),
        )?;
        let (Some(stdin), Some(stdout)) = (process.child().stdin.take(), process.child().stdout.take())
        else {
            return Err(Error::Config("the tools' machine has no pipes".into()));
        };
        let (sender, answers) = mpsc::channel();
        thread::spawn(move || read_answers(stdout, &sender));
        Ok(Self {
            process,
            stdin,
            answers,
        })
    }

    pub(super) fn call(
        &mut self,
        class: &str,
        arguments: &[&str],
        stdin: &[u8],
        patience: Duration,
    ) -> Result<ToolOutput, Error> {
        let request = request(class, arguments, stdin)?;
        let sent = self.stdin.write_all(&request).and_then(|()| self.stdin.flush());
        sent.map_err(Error::io(format!("ask for {class}")))?;
        match self.answers.recv_timeout(patience) {
            Ok(answer) => answer.map_err(|source| Error::Io {
                what: format!("run {class}"),
                source,
            }),
            Err(mpsc::RecvTimeoutError::Timeout) => Err(Error::Timeout(format!(
                "{class} {} took longer than {patience:?}",
                arguments.join(" ")
            ))),
            Err(mpsc::RecvTimeoutError::Disconnected) => {
                let status = self.process.poll_ended()?;
                let output =
                    status.map_or_else(String::new, |status| format!("its machine ended with {status}"));
                Err(Error::Failed {
                    what: class.into(),
                    output,
                })
            }
        }
    }
}

fn request(class: &str, arguments: &[&str], stdin: &[u8]) -> Result<Vec<u8>, Error> {
    let mut bytes = length(arguments.len())?.to_vec();
    for text in [class].iter().chain(arguments) {
        bytes.extend(length(text.len())?);
        bytes.extend(text.as_bytes());
    }
    bytes.extend(length(stdin.len())?);
    bytes.extend(stdin);
    Ok(bytes)
}

fn length(length: usize) -> Result<[u8; 4], Error> {
    let length =
        i32::try_from(length).map_err(|_| Error::Config("a tool takes at most 2 GiB of input".into()))?;
    Ok(length.to_be_bytes())
}

fn read_answers(mut stdout: ChildStdout, sender: &mpsc::Sender<io::Result<ToolOutput>>) {
    loop {
        let answer = read_answer(&mut stdout);
        let ended = answer.is_err();
        if ended || sender.send(answer).is_err() {
            return;
        }
    }
}

fn read_answer(from: &mut impl Read) -> io::Result<ToolOutput> {
    let code = read_i32(from)?;
    let stdout = read_text(from)?;
    let stderr = read_text(from)?;
    Ok(ToolOutput { code, stdout, stderr })
}

fn read_text(from: &mut impl Read) -> io::Result<String> {
    let length = u64::try_from(read_i32(from)?).map_err(io::Error::other)?;
    let mut bytes = Vec::new();
    from.take(length).read_to_end(&mut bytes)?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

fn read_i32(from: &mut impl Read) -> io::Result<i32> {
    let mut bytes = [0; 4];
    from.read_exact(&mut bytes)?;
    Ok(i32::from_be_bytes(bytes))
}
