//! What can be said without a cluster: help, usage errors, completion scripts.

use serde_json::Value;

use crate::support::kafkactl;

/// Every command, as typed.
const COMMANDS: [&str; 17] = [
    "topics alter",
    "topics create",
    "topics delete",
    "topics describe",
    "topics list",
    "produce",
    "consume",
    "groups describe",
    "groups list",
    "cluster info",
    "contexts add",
    "contexts current",
    "contexts delete",
    "contexts list",
    "contexts show",
    "contexts use",
    "completion",
];

#[test]
fn every_command_explains_itself_with_examples() {
    for command in COMMANDS {
        let arguments: Vec<&str> = command.split(' ').chain(["--help"]).collect();
        let help = kafkactl().ok(&arguments);
        let example = format!("\n  kafkactl {command}");
        assert!(
            help.contains("\nExamples:\n")
                && (help.contains(&example) || help.contains(&format!("| kafkactl {command}"))),
            "{command}: {help}"
        );
        assert!(
            help.contains(&format!("Usage: kafkactl {command}")),
            "{command}: {help}"
        );
    }
    let whole = kafkactl().ok(&["--help"]);
    for noun in [
        "topics",
        "produce",
        "consume",
        "groups",
        "cluster",
        "contexts",
        "completion",
    ] {
        assert!(whole.contains(&format!("\n  {noun} ")), "{noun}: {whole}");
    }
    assert!(whole.contains("Exit codes:"), "{whole}");
}

#[test]
fn aliases_reach_the_same_command() {
    for (alias, command) in [
        (["t", "ls"], "topics list"),
        (["topic", "desc"], "topics describe"),
        (["topics", "rm"], "topics delete"),
        (["g", "show"], "groups describe"),
        (["ctx", "ls"], "contexts list"),
    ] {
        let help = kafkactl().ok(&[&alias[..], &["--help"]].concat());
        assert!(
            help.contains(&format!("Usage: kafkactl {command}")),
            "{alias:?}: {help}"
        );
    }
}

#[test]
fn wrong_usage_is_told_on_stderr() {
    let near = kafkactl().fails(2, &["topics", "lits"]);
    assert!(near.contains("'lits'") && near.contains("'list'"), "{near}");
    let flag = kafkactl().fails(2, &["topics", "create", "t", "--partition-count", "3"]);
    assert!(
        flag.contains("--partition-count") && flag.contains("Usage: kafkactl topics create"),
        "{flag}"
    );
    let value = kafkactl().fails(2, &["topics", "create", "t", "-p", "many"]);
    assert!(value.contains("invalid value 'many'"), "{value}");
    let duration = kafkactl().fails(2, &["topics", "list", "--timeout", "5"]);
    assert!(duration.contains("500ms, 30s or 1h30m"), "{duration}");
    let said: Value = serde_json::from_str(&kafkactl().fails(2, &["topics", "lits", "-o", "json"])).unwrap();
    assert_eq!(said["error"]["kind"], "usage");
    assert!(said["error"]["message"].as_str().unwrap().contains("lits"));
}

#[test]
fn versions_and_completion_scripts() {
    assert_eq!(
        kafkactl().ok(&["--version"]),
        format!("kafkactl {}\n", env!("CARGO_PKG_VERSION"))
    );
    for (shell, sign) in [
        ("bash", "complete -F _kafkactl"),
        ("zsh", "#compdef kafkactl"),
        ("fish", "complete -c kafkactl"),
        ("powershell", "Register-ArgumentCompleter"),
        ("elvish", "edit:completion:arg-completer[kafkactl]"),
    ] {
        let script = kafkactl().ok(&["completion", shell]);
        assert!(
            script.contains(sign) && script.contains("topics"),
            "{shell}: {sign}"
        );
    }
    assert!(
        kafkactl()
            .fails(2, &["completion", "tcsh"])
            .contains("invalid value 'tcsh'")
    );
}
