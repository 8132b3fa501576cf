use std::convert::Infallible;
use std::fmt;

use kafka_sandbox::{Mechanism, SaslSettings};

/// What was typed for a user. One that is wrong is refused later: the parser's own error would repeat the password.
pub(super) type Login = Result<User, String>;

pub(super) fn login(text: &str) -> Result<Login, Infallible> {
    Ok(user(text))
}

/// Somebody who can log in.
#[derive(Clone)]
pub(super) struct User {
    mechanisms: &'static [Mechanism],
    pub(super) name: String,
    password: String,
}

impl fmt::Debug for User {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("User")
            .field("name", &self.name)
            .finish_non_exhaustive()
    }
}

/// Those who can log in, of all that was typed.
///
/// # Errors
///
/// What is wrong with one of them, without the password.
pub(super) fn users(logins: Vec<Login>) -> Result<Vec<User>, String> {
    let users: Vec<User> = logins.into_iter().collect::<Result<_, _>>()?;
    for (place, user) in users.iter().enumerate() {
        let others = users.iter().take(place);
        if others
            .clone()
            .any(|other| other.name == user.name && other.password != user.password)
        {
            return Err(format!("{} is there twice, with different passwords", user.name));
        }
    }
    Ok(users)
}

/// Users with the mechanisms that any of them has.
pub(super) fn sasl(users: &[User]) -> SaslSettings {
    let wanted = |mechanism: &Mechanism| users.iter().any(|user| user.mechanisms.contains(mechanism));
    let mechanisms = Mechanism::ALL.into_iter().filter(wanted);
    users.iter().fold(SaslSettings::new(mechanisms), |sasl, user| {
        sasl.user(&user.name, &user.password)
    })
}

fn user(text: &str) -> Result<User, String> {
    let mut parts = text.splitn(3, ':');
    let (Some(mechanism), Some(name), Some(password)) = (parts.next(), parts.next(), parts.next()) else {
        return Err("expected MECHANISM:USER:PASSWORD, such as scram:alice:secret".to_owned());
    };
    let mechanisms: &[Mechanism] = match mechanism.to_ascii_lowercase().as_str() {
        "plain" => &[Mechanism::Plain],
        "scram" => &[Mechanism::ScramSha256, Mechanism::ScramSha512],
        "scram-256" | "scram-sha-256" => &[Mechanism::ScramSha256],
        "scram-512" | "scram-sha-512" => &[Mechanism::ScramSha512],
        _ => {
            return Err(format!(
                "{mechanism} is none of plain, scram, scram-256, scram-512"
            ));
        }
    };
    if name.is_empty() || password.is_empty() {
        return Err("a user needs a name and a password".to_owned());
    }
    Ok(User {
        mechanisms,
        name: name.to_owned(),
        password: password.to_owned(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn users_with_their_mechanisms() {
        let alice = user("scram:alice:a:b").expect("is a user");
        assert_eq!((alice.name.as_str(), alice.password.as_str()), ("alice", "a:b"));
        assert!(!format!("{alice:?}").contains("a:b"));
        let bob = user("PLAIN:bob:x").expect("is a user");
        let offered = sasl(&[alice, bob]).mechanisms;
        assert_eq!(
            offered,
            [Mechanism::ScramSha512, Mechanism::ScramSha256, Mechanism::Plain]
        );
        let twice = |second: &str| users(vec![user("plain:alice:a"), user(second)]);
        assert_eq!(twice("scram:alice:a").map(|users| users.len()), Ok(2));
        let refused = twice("scram:alice:b").expect_err("cannot have two passwords");
        assert_eq!(refused, "alice is there twice, with different passwords");
        for wrong in [
            "",
            "scram",
            "scram:alice",
            "scram:alice:",
            "scram::x",
            "gssapi:a:b",
        ] {
            assert!(user(wrong).is_err(), "{wrong}");
        }
    }
}
