use std::fs;

use toml_edit::{Array, DocumentMut, Item, Table, value};

use crate::app::App;
use crate::error::{CliError, Kind};

/// Add a context to the user's configuration file
///
/// The file's comments and order are kept.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  kafkactl contexts add local --servers localhost:9092
  kafkactl contexts add prod --servers k1:9093,k2:9093 --properties client.properties --protected")]
pub struct Args {
    /// The context's name
    name: String,

    /// Brokers to start from, comma-separated
    #[arg(long, value_name = "HOST:PORT,…", value_delimiter = ',', required = true)]
    servers: Vec<String>,

    /// A Java properties file with connection and security settings
    #[arg(long, value_name = "FILE")]
    properties: Option<std::path::PathBuf>,

    /// The id the cluster must have
    #[arg(long, value_name = "ID")]
    cluster_id: Option<String>,

    /// Destructive commands ask for the context's name
    #[arg(long)]
    protected: bool,

    /// Refuse commands that change something
    #[arg(long)]
    only_read: bool,
}

/// Runs the command.
pub fn run(app: &App, args: &Args) -> Result<(), CliError> {
    let path = app.files()?.user;
    let text = match fs::read_to_string(&path) {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => String::new(),
        read => {
            read.map_err(|error| CliError::usage(format!("cannot read {}", path.display())).caused_by(error))?
        }
    };
    let mut document: DocumentMut = text.parse().map_err(|error: toml_edit::TomlError| {
        CliError::usage(format!("{}: {}", path.display(), error.message()))
    })?;
    let contexts = document.entry("context").or_insert_with(|| {
        let mut table = Table::new();
        table.set_implicit(true);
        Item::Table(table)
    });
    let Some(contexts) = contexts.as_table_mut() else {
        return Err(CliError::usage(format!(
            "{}: `context` is not a table",
            path.display()
        )));
    };
    if contexts.contains_key(&args.name) {
        return Err(CliError::new(
            Kind::Refused,
            format!("context `{}` exists already", args.name),
        ));
    }
    let mut context = Table::new();
    context["bootstrap"] = value(args.servers.iter().collect::<Array>());
    if let Some(file) = &args.properties {
        let whole = std::path::absolute(file)?;
        context["command_config"] = value(whole.to_string_lossy().into_owned());
    }
    if let Some(id) = &args.cluster_id {
        context["cluster_id"] = value(id);
    }
    if args.protected {
        context["protected"] = value(true);
    }
    if args.only_read {
        context["read_only"] = value(true);
    }
    contexts.insert(&args.name, Item::Table(context));
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    fs::write(&path, document.to_string()).map_err(|error| {
        CliError::new(Kind::Failed, format!("cannot write {}", path.display())).caused_by(error)
    })?;
    app.output()
        .status(&format!("Added context {} to {}.", args.name, path.display()));
    Ok(())
}
