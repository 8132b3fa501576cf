//! `contexts *`, and where settings come from.

use std::fs;

use real_kafka::KafkaCluster;

use crate::support::{Kafkactl, file, kafkactl, path};

/// kafkactl with a home folder of its own.
fn at_home(home: &tempfile::TempDir) -> Kafkactl {
    kafkactl().variable("HOME", home.path())
}

#[test]
fn contexts_are_added_chosen_and_removed() {
    let home = tempfile::tempdir().unwrap();
    let cli = at_home(&home);
    assert!(cli.fails(3, &["contexts", "current"]).contains("contexts use"));
    assert_eq!(cli.ok(&["contexts", "list"]), "CURRENT  NAME  BOOTSTRAP  GUARD\n");
    cli.ok(&["contexts", "add", "local", "--servers", "127.0.0.1:1"]);
    let added = cli.run(&[
        "contexts",
        "add",
        "prod",
        "--servers",
        "k1:9093,k2:9093",
        "--protected",
    ]);
    let config = home.path().join(".config/kafkactl/config.toml");
    assert_eq!(
        added.err,
        format!("Added context prod to {}.\n", config.display())
    );
    added.ok();
    let twice = cli.fails(6, &["contexts", "add", "prod", "--servers", "x:1"]);
    assert!(twice.contains("exists already"), "{twice}");
    cli.ok(&["contexts", "use", "prod"]);
    assert_eq!(cli.ok(&["contexts", "current"]), "prod\n");
    assert_eq!(
        cli.ok(&["contexts", "list"]),
        "CURRENT  NAME   BOOTSTRAP        GUARD\n         local  127.0.0.1:1      -\n*        prod   k1:9093,k2:9093  protected\n"
    );
    let shown = cli.ok(&["contexts", "show", "-o", "tsv"]);
    assert!(
        shown.contains("\nbootstrap.servers\tk1:9093,k2:9093\tcontext prod\n"),
        "{shown}"
    );
    assert!(
        cli.fails(3, &["contexts", "use", "prd"])
            .contains("contexts list")
    );
    assert!(cli.fails(6, &["contexts", "delete", "prod"]).contains("--yes"));
    cli.ok(&["contexts", "delete", "prod", "--yes"]);
    assert_eq!(cli.ok(&["contexts", "list", "-o", "name"]), "local\n");
    assert!(
        cli.fails(3, &["contexts", "delete", "prod", "--yes"])
            .contains("no context `prod`")
    );
    // The context that was chosen is gone: no other cluster is used in its place.
    let gone = cli.fails(2, &["topics", "list"]);
    assert!(
        gone.contains("no context `prod`") && gone.contains("local"),
        "{gone}"
    );
}

#[test]
fn flags_win_over_variables_files_and_contexts() {
    let home = tempfile::tempdir().unwrap();
    let cli = at_home(&home);
    cli.ok(&["contexts", "add", "c", "--servers", "context:1"]);
    let properties = file("bootstrap.servers=file:1\nclient.id=file\nrequest.timeout.ms=7000\n");
    let show = |cli: &Kafkactl, flags: &[&str]| {
        let rows = cli.json(&[&["contexts", "show", "-C", "c"], flags].concat());
        let row = |key: &str| {
            let items = rows["items"].as_array().unwrap();
            let item = items.iter().find(|item| item["key"] == key).unwrap();
            format!(
                "{} {}",
                item["value"].as_str().unwrap(),
                item["source"].as_str().unwrap()
            )
        };
        (row("bootstrap.servers"), row("client.id"))
    };
    assert_eq!(
        show(&cli, &[]),
        ("context:1 context c".into(), "kafkactl default".into())
    );
    let file = path(&properties);
    assert_eq!(
        show(&cli, &["-F", file]),
        (format!("file:1 {file}"), format!("file {file}"))
    );
    let cli = cli.variable("KAFKACTL_CLIENT_ID", "variable");
    assert!(show(&cli, &["-F", file]).1.starts_with("variable "));
    let flags = ["-F", file, "-b", "flag:1", "-X", "client.id=x"];
    assert_eq!(
        show(&at_home(&home), &flags),
        ("flag:1 --bootstrap-server".into(), "x -X".into())
    );
}

#[test]
fn secrets_are_never_shown() {
    let home = tempfile::tempdir().unwrap();
    let secret =
        file("sasl.jaas.config=x required username=\"u\" password=\"hunter2\";\nsasl.password=hunter2\n");
    let shown = at_home(&home).ok(&["contexts", "show", "-F", path(&secret)]);
    assert!(
        shown.contains("********") && !shown.contains("hunter2"),
        "{shown}"
    );
}

#[test]
fn guards_of_a_context_count() {
    real_kafka::require!();
    let cluster: &KafkaCluster = real_kafka::shared().unwrap();
    let home = tempfile::tempdir().unwrap();
    let config = home.path().join("guards.toml");
    let bootstrap = cluster.bootstrap();
    fs::write(
        &config,
        format!(
            "current = \"read\"\n[context.read]\nbootstrap = [\"{bootstrap}\"]\nread_only = true\n\
             [context.safe]\nbootstrap = [\"{bootstrap}\"]\nprotected = true\n\
             [context.other]\nbootstrap = [\"{bootstrap}\"]\ncluster_id = \"AAAAAAAAAAAAAAAAAAAAAA\"\n"
        ),
    )
    .unwrap();
    let cli = at_home(&home).with(&["--config-file", config.to_str().unwrap()]);
    cli.ok(&["topics", "list"]);
    let read_only = cli.fails(6, &["produce", "guarded", "-v", "x"]);
    assert!(
        read_only.contains("context read allows only commands that change nothing"),
        "{read_only}"
    );
    let protected = cli.fails(6, &["-C", "safe", "topics", "delete", "guarded", "--yes"]);
    assert!(protected.contains("context safe is protected"), "{protected}");
    let other = cli.fails(6, &["-C", "other", "topics", "list"]);
    assert!(
        other.contains("the context is for AAAAAAAAAAAAAAAAAAAAAA"),
        "{other}"
    );
    let unknown = cli.fails(2, &["-C", "nope", "topics", "list"]);
    assert!(
        unknown.contains("the contexts are other, read, safe"),
        "{unknown}"
    );
    fs::write(&config, "[context.read]\nboostrap = [\"x:1\"]\n").unwrap();
    let wrong = cli.fails(2, &["topics", "list"]);
    assert!(
        wrong.contains("boostrap") && wrong.contains("contexts --help"),
        "{wrong}"
    );
}
