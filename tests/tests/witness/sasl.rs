//! Exchanges between our clients and Kafka's servers, and the other way round.

use protocol::sasl::scram::{SaltedPassword, ScramLogin, ServerStep};
use protocol::sasl::{BearerLogin, Credentials, Mechanism, NONCE_LEN, PlainLogin, SaslClient, Secret, Step};
use protocol::testing::Rng;

use super::jvm::ask;
use super::wire::Question;
use super::{report, rng};

const SCRAM: [Mechanism; 2] = [Mechanism::ScramSha256, Mechanism::ScramSha512];
/// Exchanges of each kind. SCRAM hashes for some milliseconds in each.
const EXCHANGES: usize = 40;

#[test]
fn scram_hashes_passwords_as_kafka_does() {
    real_kafka::require!(own);
    let mut rng = rng("scram hashes");
    for mechanism in SCRAM {
        for _ in 0..EXCHANGES {
            let password = Secret::new(not_empty(&mut rng));
            let salt = [&[1][..], &rng.bytes()].concat();
            let iterations = i32::try_from(4096 + rng.below(100)).unwrap();
            let mut question = Question::new("sasl.scram_derive");
            question
                .text(mechanism.name())
                .text(password.expose())
                .bytes(&salt)
                .i32(iterations);
            let mut answer = ask(&question);
            let iterations = u32::try_from(iterations).unwrap();
            let ours = SaltedPassword::derive(mechanism, &password, &salt, iterations).unwrap();
            assert_eq!(ours.expose(), answer.bytes());
            let keys = ours.stored_keys();
            assert_eq!(
                (keys.stored_key, keys.server_key),
                (answer.bytes(), answer.bytes())
            );
            answer.finish();
        }
    }
    report(format_args!("{} passwords hashed", SCRAM.len() * EXCHANGES));
}

/// Our client logs in at Kafka's server, by password and by delegation token, and only with the right one.
#[test]
fn scram_clients_log_in() {
    real_kafka::require!(own);
    let mut rng = rng("scram clients");
    for mechanism in SCRAM {
        for _ in 0..EXCHANGES {
            let (user, password) = (user(&mut rng), not_empty(&mut rng));
            let (token, wrong) = (rng.bool(), rng.below(4) == 0);
            let said = if wrong {
                password.clone() + "x"
            } else {
                password.clone()
            };
            let credentials = if token {
                Credentials::delegation_token(user.clone(), said)
            } else {
                Credentials::password(user.clone(), said)
            };
            let mut client = SaslClient::new(mechanism, &credentials, &nonce(&mut rng)).unwrap();
            let mut question = Question::new("sasl.scram_server_first");
            question
                .text(mechanism.name())
                .text(&user)
                .text(&password)
                .i32(4096);
            let mut answer = ask(question.bytes(client.initial()));
            let last = sent(client.challenge(&answer.bytes()).unwrap());
            answer.finish();
            let mut answer = ask(Question::new("sasl.scram_server_last").bytes(&last));
            let message = answer.bytes();
            let logged_in = answer.nullable_text();
            answer.finish();
            if wrong {
                assert_eq!(logged_in, None);
            } else {
                assert_eq!(client.challenge(&message), Ok(Step::Done));
                let owner = if token { format!("owner of {user}") } else { user };
                assert_eq!(logged_in, Some(owner));
            }
        }
    }
    report(format_args!(
        "{} SCRAM exchanges of our client",
        SCRAM.len() * EXCHANGES
    ));
}

/// Kafka's client logs in at our server.
#[test]
fn scram_servers_let_in() {
    real_kafka::require!(own);
    let mut rng = rng("scram servers");
    for mechanism in SCRAM {
        for _ in 0..EXCHANGES {
            let (user, password, token) = (user(&mut rng), not_empty(&mut rng), rng.bool());
            let mut question = Question::new("sasl.scram_client_first");
            let mut answer = ask(question
                .text(mechanism.name())
                .text(&user)
                .text(&password)
                .bool(token));
            let login = ScramLogin::parse(mechanism, &answer.bytes()).unwrap();
            answer.finish();
            assert_eq!(
                (login.name(), login.is_delegation_token()),
                (user.as_str(), token)
            );
            let salted =
                SaltedPassword::derive(mechanism, &Secret::new(password), &nonce(&mut rng), 4096).unwrap();
            let server = login.accept_salted(&salted, &nonce(&mut rng));
            let mut answer = ask(Question::new("sasl.scram_client_next").bytes(server.first_message()));
            let last = answer.bytes();
            answer.finish();
            let ServerStep::Accepted(signature) = server.finish(&last).unwrap() else {
                panic!("the client's proof was not accepted");
            };
            let mut answer = ask(Question::new("sasl.scram_client_next").bytes(&signature));
            assert_eq!(
                answer.nullable_bytes(),
                None,
                "the client did not accept the server's signature"
            );
            answer.finish();
        }
    }
    report(format_args!(
        "{} SCRAM exchanges of our server",
        SCRAM.len() * EXCHANGES
    ));
}

#[test]
fn plain_clients_log_in() {
    real_kafka::require!(own);
    let mut rng = rng("plain");
    for _ in 0..EXCHANGES {
        let (user, password) = (user(&mut rng), user(&mut rng));
        let credentials = Credentials::password(user.clone(), password.clone());
        let mut client = SaslClient::new(Mechanism::Plain, &credentials, &[0; NONCE_LEN]).unwrap();
        let mut answer = ask(Question::new("sasl.plain_server").bytes(client.initial()));
        assert_eq!(client.challenge(&answer.bytes()), Ok(Step::Done));
        assert_eq!((answer.text(), answer.text()), (user.clone(), password.clone()));
        answer.finish();
        let login = PlainLogin::parse(client.initial()).unwrap();
        assert_eq!((login.username, login.password), (user, Secret::new(password)));
    }
    report(format_args!("{EXCHANGES} PLAIN exchanges"));
}

#[test]
fn bearer_tokens_arrive_with_their_extensions() {
    real_kafka::require!(own);
    let mut rng = rng("bearer");
    for _ in 0..EXCHANGES {
        let token: String = (0..1 + rng.below(200))
            .map(|_| letter(&mut rng, b"aZ09-._~+/"))
            .collect();
        let extensions: Vec<(String, String)> = ["a", "Bc", "trace"]
            .into_iter()
            .filter_map(|name| {
                let value = letter(&mut rng, b"xyz").to_string() + " =,\t~";
                rng.bool().then(|| (name.to_owned(), value))
            })
            .collect();
        let credentials = Credentials::Bearer {
            token: Secret::new(token.clone()),
            extensions: extensions.clone(),
        };
        let client = SaslClient::new(Mechanism::OAuthBearer, &credentials, &[0; NONCE_LEN]).unwrap();
        let mut answer = ask(Question::new("sasl.bearer_read").bytes(client.initial()));
        assert_eq!(answer.text(), token);
        let mut sorted = extensions.clone();
        sorted.sort();
        let theirs: Vec<_> = (0..answer.count())
            .map(|_| (answer.text(), answer.text()))
            .collect();
        answer.finish();
        assert_eq!(theirs, sorted);

        let mut question = Question::new("sasl.bearer_write");
        question.text(&token).count(extensions.len());
        for (name, value) in &extensions {
            question.text(name).text(value);
        }
        let mut answer = ask(&question);
        let login = BearerLogin::parse(&answer.bytes()).unwrap();
        answer.finish();
        let mut said = login.extensions;
        said.sort();
        assert_eq!((login.token, said), (Secret::new(token), sorted));
    }
    report(format_args!("{EXCHANGES} bearer tokens both ways"));
}

fn sent(step: Step) -> Vec<u8> {
    match step {
        Step::Send(message) => message,
        Step::Done => panic!("ended early"),
    }
}

fn nonce(rng: &mut Rng) -> [u8; NONCE_LEN] {
    std::array::from_fn(|_| rng.u64().to_be_bytes()[0])
}

fn letter(rng: &mut Rng, alphabet: &[u8]) -> char {
    char::from(alphabet[rng.below(alphabet.len())])
}

fn not_empty(rng: &mut Rng) -> String {
    rng.string() + ",=p"
}

/// A name that Kafka's servers accept.
fn user(rng: &mut Rng) -> String {
    not_empty(rng).replace(|c: char| c == '\0' || !c.is_ascii(), "")
}
