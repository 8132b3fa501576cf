//! What the fuzz target of the exchanges runs.

use super::scram::{ITERATIONS_MAX, ITERATIONS_MIN, SaltedPassword, ScramLogin};
use super::{BearerLogin, Credentials, Mechanism, NONCE_LEN, PlainLogin, SaslClient, Step};

/// Plays the peer of an exchange. The first byte chooses mechanism and side; each message follows with a byte for its
/// length. Panics only when the crate is wrong.
pub fn scram(data: &[u8]) {
    let Some((&choice, rest)) = data.split_first() else {
        return;
    };
    let mechanism = Mechanism::ALL[usize::from(choice & 3)];
    let messages = messages(rest);
    // More rounds of hashing show nothing new and take long.
    if messages.iter().any(|message| costs_much(message)) {
        return;
    }
    if choice & 4 == 0 {
        client(mechanism, &messages);
    } else {
        server(mechanism, &messages);
    }
}

fn messages(mut rest: &[u8]) -> Vec<&[u8]> {
    let mut messages = Vec::new();
    while let Some((&length, tail)) = rest.split_first() {
        let (message, tail) = tail.split_at(usize::from(length).min(tail.len()));
        messages.push(message);
        rest = tail;
    }
    messages
}

fn costs_much(message: &[u8]) -> bool {
    let text = String::from_utf8_lossy(message);
    text.split(',')
        .filter_map(|attribute| attribute.strip_prefix("i=")?.parse::<u32>().ok())
        .any(|iterations| (ITERATIONS_MIN + 1..=ITERATIONS_MAX).contains(&iterations))
}

fn client(mechanism: Mechanism, messages: &[&[u8]]) {
    let credentials = match mechanism {
        Mechanism::OAuthBearer => Credentials::bearer("token"),
        _ => Credentials::password("user", "pencil"),
    };
    let Ok(mut client) = SaslClient::new(mechanism, &credentials, &[0; NONCE_LEN]) else {
        panic!("the credentials fit every mechanism");
    };
    let mut ended = false;
    for message in messages {
        let step = client.challenge(message);
        assert!(!ended || step.is_err(), "{mechanism} goes on after its end");
        ended = !matches!(step, Ok(Step::Send(_)));
    }
}

fn server(mechanism: Mechanism, messages: &[&[u8]]) {
    let Some(first) = messages.first() else { return };
    let same = |credentials: &Credentials, parse: &dyn Fn(&[u8]) -> bool| {
        // What was understood can be said, and is understood as the same.
        if let Ok(client) = SaslClient::new(mechanism, credentials, &[0; NONCE_LEN]) {
            assert!(parse(client.initial()), "{mechanism}: {first:?}");
        }
    };
    match mechanism {
        Mechanism::Plain => {
            if let Ok(login) = PlainLogin::parse(first) {
                let credentials = Credentials::password(login.username.clone(), login.password.clone());
                same(&credentials, &|message| {
                    PlainLogin::parse(message).is_ok_and(|again| {
                        (again.username, again.password) == (login.username.clone(), login.password.clone())
                    })
                });
            }
        }
        Mechanism::OAuthBearer => {
            if let Ok(login) = BearerLogin::parse(first) {
                let credentials = Credentials::Bearer {
                    token: login.token.clone(),
                    extensions: login.extensions.clone(),
                };
                same(&credentials, &|message| {
                    BearerLogin::parse(message).is_ok_and(|again| {
                        (again.token, again.extensions) == (login.token.clone(), login.extensions.clone())
                    })
                });
            }
        }
        Mechanism::ScramSha256 | Mechanism::ScramSha512 => {
            let Ok(login) = ScramLogin::parse(mechanism, first) else {
                return;
            };
            let password = super::Secret::from("pencil");
            let Ok(salted) = SaltedPassword::derive(mechanism, &password, b"salt", ITERATIONS_MIN) else {
                panic!("the count of iterations is allowed");
            };
            let server = login.accept_salted(&salted, b"more");
            if let Some(last) = messages.get(1) {
                let _ = server.finish(last);
            }
        }
    }
}
